import { setImmediate } from "node:timers/promises";
import * as tf from "@tensorflow/tfjs-core";
import { Failure } from "../../common/failure.ts";
import type { Raster } from "../../common/raster.ts";
import {
  type Generator,
  paddedSide,
  sideMultiple,
} from "../networks/generator.ts";
import { padToSize } from "../networks/pad-to-size.ts";
import { disposeFolded, type FoldedLayer, foldGenerator } from "./fold.ts";
import { pictureRows, white } from "./picture-rows.ts";
import {
  axisTaps,
  neededRange,
  type Range,
  type RowReader,
  resample,
  type Taps,
} from "./resample.ts";
import { runTile } from "./run-tile.ts";
import { type AxisSpans, axisSpans } from "./spans.ts";
import { planTiles, type Tile } from "./tiles.ts";

/** Longest side of the picture that the statistics come from. */
export const thumbnailSide = 512;

export interface StylizeOptions {
  /** Scale at which the style is applied: above 1 the strokes are larger. */
  readonly brushSize: number;
  /** Bytes that one tile may take. */
  readonly memoryBudget: number;
  /** Ends the work within one layer of one tile. */
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

/** A picture whose memory is its own, so that it can be posted to another process. */
export type StyledRaster = Raster<
  Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Float32Array<ArrayBuffer>
>;

/**
 * Gives a picture a style, whatever its size: the statistics come from a thumbnail, the pixels from tiles that fit
 * together without a seam. Other work of the process goes on between layers.
 * @param vector the style, [1840]
 * @returns a picture of the same size and depth, RGB, or RGBA with the picture's own alpha where it has one
 * @throws Failure "cancelled" after `signal`; "damaged" where the style's numbers run over
 */
export async function stylize(
  picture: Raster,
  g: Generator,
  vector: tf.Tensor1D,
  { brushSize, memoryBudget, signal, onProgress }: StylizeOptions,
): Promise<StyledRaster> {
  const pause = async () => {
    await setImmediate();
    if (signal.aborted) {
      throw new Failure("cancelled", "The work was cancelled.");
    }
  };
  const tiles = planTiles(picture, brushSize, memoryBudget);
  onProgress(0, tiles.length);
  const read = pictureRows(picture);
  const rows = axis(picture.height, brushSize);
  const columns = axis(picture.width, brushSize);
  const result = emptyResult(picture);
  const folded = await foldFor(picture, read, rows, columns, g, vector, pause);
  try {
    for (const [index, tile] of tiles.entries()) {
      await stylizeTile(tile, folded, read, rows, columns, result, pause);
      onProgress(index + 1, tiles.length);
    }
  } finally {
    disposeFolded(folded);
  }
  return result;
}

/** One axis of the picture, and of the network's picture, which brush size and padding make different. */
interface Axis {
  /** Pixels that the network sees without and with padding. */
  readonly size: number;
  readonly padded: number;
  /** From the picture to what the network sees, and back. */
  readonly into: Taps;
  readonly back: Taps;
}

function axis(length: number, brushSize: number): Axis {
  const size = Math.max(1, Math.round(length / brushSize));
  const padded = paddedSide(size);
  return {
    size,
    padded,
    into: axisTaps(length, size, padded),
    back: axisTaps(size, length),
  };
}

async function foldFor(
  picture: Raster,
  read: RowReader,
  rows: Axis,
  columns: Axis,
  g: Generator,
  vector: tf.Tensor1D,
  pause: () => Promise<void>,
): Promise<FoldedLayer[]> {
  const scale = Math.min(1, thumbnailSide / Math.max(rows.size, columns.size));
  const height = Math.max(1, Math.round(rows.size * scale));
  const width = Math.max(1, Math.round(columns.size * scale));
  const small = await region(
    read,
    axisTaps(picture.height, height),
    axisTaps(picture.width, width),
    { begin: 0, end: height },
    { begin: 0, end: width },
    pause,
  );
  const thumbnail = tf.tidy(() =>
    padToSize(small, paddedSide(height), paddedSide(width)),
  );
  if (thumbnail !== small) small.dispose();
  try {
    return await foldGenerator(g, thumbnail, vector, pause);
  } finally {
    thumbnail.dispose();
  }
}

async function stylizeTile(
  tile: Tile,
  folded: readonly FoldedLayer[],
  read: RowReader,
  rows: Axis,
  columns: Axis,
  result: Raster,
  pause: () => Promise<void>,
): Promise<void> {
  const rowSpans = spansFor(rows, tile.rows);
  const columnSpans = spansFor(columns, tile.columns);
  const input = await region(
    read,
    rows.into,
    columns.into,
    rowSpans.spans,
    columnSpans.spans,
    pause,
  );
  const output = await runTile(
    folded,
    input,
    rowSpans.spans,
    columnSpans.spans,
    pause,
  );
  const pixels = (await output.data()) as Float32Array;
  const width = output.shape[2];
  output.dispose();
  await resample(
    (y, begin, end) => {
      const from = (y - rowSpans.begin) * width - columnSpans.begin;
      return pixels.subarray((from + begin) * 3, (from + end) * 3);
    },
    { rows: rows.back, columns: columns.back },
    tile,
    (y, row) => writeRow(result, y, tile.columns.begin, row),
    pause,
  );
}

/** What the network makes for a part of the picture's axis: at least the pixels that resizing back needs. */
function spansFor(
  { padded, back }: Axis,
  part: Range,
): { begin: number; spans: AxisSpans } {
  const need = neededRange(back, part);
  const begin = Math.floor(need.begin / sideMultiple) * sideMultiple;
  const end = Math.ceil(need.end / sideMultiple) * sideMultiple;
  return { begin, spans: axisSpans(padded, begin, end) };
}

/** A part of the resized picture as a tensor, [1, h, w, 3]. */
async function region(
  read: RowReader,
  rows: Taps,
  columns: Taps,
  rowRange: Range,
  columnRange: Range,
  pause: () => Promise<void>,
): Promise<tf.Tensor4D> {
  const height = rowRange.end - rowRange.begin;
  const width = columnRange.end - columnRange.begin;
  const pixels = new Float32Array(height * width * 3);
  await resample(
    read,
    { rows, columns },
    { rows: rowRange, columns: columnRange },
    (y, row) => pixels.set(row, (y - rowRange.begin) * width * 3),
    pause,
  );
  return tf.tensor4d(pixels, [1, height, width, 3]);
}

/** A picture of the size, depth and alpha of another, without colour. */
function emptyResult({
  width,
  height,
  channels,
  samples,
}: Raster): StyledRaster {
  const alpha = channels === 2 || channels === 4;
  const count = width * height * (alpha ? 4 : 3);
  const result =
    samples instanceof Uint8Array
      ? new Uint8Array(count)
      : samples instanceof Uint16Array
        ? new Uint16Array(count)
        : new Float32Array(count);
  if (alpha) {
    for (let to = 3, from = channels - 1; to < count; to += 4) {
      result[to] = samples[from]!;
      from += channels;
    }
  }
  return { width, height, channels: alpha ? 4 : 3, samples: result };
}

function writeRow(
  { width, channels, samples }: Raster,
  y: number,
  column: number,
  row: Float32Array,
): void {
  const scale = white(samples);
  const rounding = scale === 1 ? 0 : 0.5;
  let to = (y * width + column) * channels;
  for (let from = 0; from < row.length; from += 3, to += channels) {
    for (let c = 0; c < 3; c++) {
      const value = row[from + c]!;
      if (Number.isNaN(value)) {
        throw new Failure("damaged", "The style's weights give no picture.", {
          hint: "Choose another style, or train this one anew.",
        });
      }
      // Typed arrays cut towards zero.
      samples[to + c] = value * scale + rounding;
    }
  }
}
