import type { Range } from "./resample.ts";

export interface Tile {
  readonly rows: Range;
  readonly columns: Range;
}

/** What a tile of a network takes. */
export interface TileCost {
  /** Bytes that the widest layers hold at once for a pixel of a tile. */
  readonly bytesPerPixel: number;
  /** Pixels that the layers at full size need beyond a tile, on both sides together. */
  readonly halo: number;
}

/**
 * G's widest layers hold input, output with and without bias and ReLU, and the doubled picture, of 16 floats a pixel each.
 * Its halo shrinks from layer to layer, and at smaller sizes it costs less.
 */
export const generatorTiles: TileCost = { bytesPerPixel: 5 * 16 * 4, halo: 12 };

/** Beyond this a tile gains little: what is computed twice is under a fifth. */
const largestSide = 512;
const smallestSide = 32;

/**
 * Cuts a picture into tiles of nearly equal size, each within the memory budget; sides are multiples of four (but at
 * the right and lower edge) where the brush size is 1.
 * @param brushSize pixels of the picture to one of the network's, along a side
 * @param memoryBudget bytes that one tile may take while it is computed
 * @param cost of the network that runs them
 * @returns rows of tiles from the top, each from the left; together they cover the picture once
 */
export function planTiles(
  { width, height }: { width: number; height: number },
  brushSize: number,
  memoryBudget: number,
  { bytesPerPixel, halo }: TileCost,
): Tile[] {
  const networkSide = Math.min(
    largestSide,
    Math.max(
      smallestSide,
      Math.floor(Math.sqrt(memoryBudget / bytesPerPixel)) - halo,
    ),
  );
  const side = Math.max(4, Math.floor((networkSide * brushSize) / 4) * 4);
  const columns = cut(width, side);
  return cut(height, side).flatMap((rows) =>
    columns.map((column) => ({ rows, columns: column })),
  );
}

function cut(length: number, side: number): Range[] {
  const count = Math.ceil(length / side);
  const each = Math.ceil(length / count / 4) * 4;
  return Array.from({ length: Math.ceil(length / each) }, (_, index) => ({
    begin: index * each,
    end: Math.min(length, (index + 1) * each),
  }));
}
