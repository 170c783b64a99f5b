import { setImmediate } from "node:timers/promises";
import * as tf from "@tensorflow/tfjs-core";
import { Failure } from "../../common/failure.ts";
import type { Raster } from "../../common/raster.ts";
import { type NetworkAxis, networkAxis, networkPart } from "./network-axis.ts";
import { pictureRows } from "./picture-rows.ts";
import { axisTaps, type RowReader, resample } from "./resample.ts";
import type {
  PicturePart,
  PictureSize,
  StyleNetwork,
} from "./style-network.ts";
import { emptyResult, type StyledRaster, writeRow } from "./styled-raster.ts";
import { planTiles, type Tile } from "./tiles.ts";

/** Longest side of the picture that the statistics come from. */
const thumbnailSide = 512;

/** Pixels of it that say something of a picture: sixteen where G's features are smallest. */
const fewestInside = 256;

export interface StylizeOptions {
  /** Scale at which the style is applied: above 1 the strokes are larger. */
  readonly brushSize: number;
  /** How far into the features the style reaches: 0, the picture, to 1, which it is by default. */
  readonly depth?: number | undefined;
  /**
   * Where the style takes the picture's statistics from: a grey picture of any size that covers the whole picture, white
   * inside and black outside. Without it, and where next to nothing is inside, the whole picture counts.
   */
  readonly inside?: Raster | undefined;
  /** Awaited between layers, for work that shall go before this. */
  readonly giveWay?: (() => Promise<void>) | undefined;
  /** Bytes that one tile may take. The thumbnail takes up to 100 MB, whatever the budget. */
  readonly memoryBudget: number;
  /** Ends the work within one layer of one tile. */
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Gives a picture a style, whatever its size: the statistics come from a thumbnail, the pixels from tiles that fit
 * together without a seam. Other work of the process goes on between layers.
 * @returns a picture of the same size and depth, RGB, or RGBA with the picture's own alpha where it has one
 * @throws Failure "cancelled" after `signal`; "damaged" where the style's numbers run over
 */
export async function stylize(
  picture: Raster,
  network: StyleNetwork,
  options: StylizeOptions,
): Promise<StyledRaster> {
  const { brushSize, depth, memoryBudget, signal, onProgress } = options;
  const pause = async () => {
    await setImmediate();
    await options.giveWay?.();
    if (signal.aborted) {
      throw new Failure("cancelled", "The work was cancelled.");
    }
  };
  const height = Math.max(1, Math.round(picture.height / brushSize));
  const width = Math.max(1, Math.round(picture.width / brushSize));
  const scale = Math.min(1, thumbnailSide / Math.max(height, width));
  // A picture that is its own thumbnail is done when the statistics are known.
  const tiles =
    scale === 1
      ? [wholeOf(picture)]
      : planTiles(picture, brushSize, memoryBudget, network.cost);
  onProgress(0, tiles.length);
  const rows = networkAxis(picture.height, height);
  const columns = networkAxis(picture.width, width);
  const read = pictureRows(picture);
  const result = emptyResult(picture);
  const back = {
    rows: axisTaps(height, picture.height),
    columns: axisTaps(width, picture.width),
  };
  const readPart = (part: PicturePart) =>
    region(read, rows, columns, part, pause);
  const size = { height: rows.padded, width: columns.padded };
  const small = {
    height: Math.max(1, Math.round(height * scale)),
    width: Math.max(1, Math.round(width * scale)),
  };
  const inside =
    options.inside && (await weightsOf(options.inside, small, pause));
  const thumbnail = await wholeAt(picture, read, small, pause);
  const frozen = await network
    .freeze(thumbnail, pause, { depth, inside })
    .finally(() => tf.dispose([thumbnail, inside ?? []]));
  try {
    for (const [index, tile] of tiles.entries()) {
      const part = {
        rows: networkPart(back.rows, tile.rows),
        columns: networkPart(back.columns, tile.columns),
      };
      const output =
        scale === 1
          ? tf.clone(frozen.styled)
          : await frozen.run(size, part, readPart, pause);
      const rowOf = await rowsOf(output, part.rows.begin, part.columns.begin);
      const write = (y: number, pixels: Float32Array) =>
        writeRow(result, y, tile.columns.begin, pixels);
      await resample(rowOf, back, tile, write, pause);
      onProgress(index + 1, tiles.length);
    }
  } finally {
    frozen.dispose();
  }
  return result;
}

/** All of a picture at the size that the network sees, padded, [1, h, w, 3] in 0..1. */
function wholeAt(
  picture: PictureSize,
  read: RowReader,
  size: PictureSize,
  pause: () => Promise<void>,
): Promise<tf.Tensor4D> {
  const rows = networkAxis(picture.height, size.height);
  const columns = networkAxis(picture.width, size.width);
  const whole = {
    rows: { begin: 0, end: rows.padded },
    columns: { begin: 0, end: columns.padded },
  };
  return region(read, rows, columns, whole, pause);
}

/**
 * How much each pixel of the thumbnail counts, [1, h, w, 1] in 0..1.
 * @returns undefined where less is inside than statistics can be taken from
 */
async function weightsOf(
  inside: Raster,
  size: PictureSize,
  pause: () => Promise<void>,
): Promise<tf.Tensor4D | undefined> {
  const grey = await wholeAt(inside, pictureRows(inside), size, pause);
  const weights = tf.tidy(() =>
    tf.slice(grey, [0, 0, 0, 0], [1, grey.shape[1], grey.shape[2], 1]),
  );
  grey.dispose();
  const sum = tf.sum(weights);
  const [pixels] = await sum.data();
  sum.dispose();
  if (pixels! >= fewestInside) return weights;
  weights.dispose();
  return undefined;
}

/** A part of the picture that the network sees, [1, h, w, 3] in 0..1. */
async function region(
  read: RowReader,
  rows: NetworkAxis,
  columns: NetworkAxis,
  part: PicturePart,
  pause: () => Promise<void>,
): Promise<tf.Tensor4D> {
  const height = part.rows.end - part.rows.begin;
  const width = part.columns.end - part.columns.begin;
  const pixels = new Float32Array(height * width * 3);
  await resample(
    read,
    { rows: rows.into, columns: columns.into },
    part,
    (y, row) => pixels.set(row, (y - part.rows.begin) * width * 3),
    pause,
  );
  return tf.tensor4d(pixels, [1, height, width, 3]);
}

/** Reads a tensor's pixels, which begin at a place of the network's picture, and disposes of it. */
async function rowsOf(
  tensor: tf.Tensor4D,
  top: number,
  left: number,
): Promise<RowReader> {
  const pixels = (await tensor.data()) as Float32Array;
  const width = tensor.shape[2];
  tensor.dispose();
  return (y, begin, end) => {
    const from = (y - top) * width - left;
    return pixels.subarray((from + begin) * 3, (from + end) * 3);
  };
}

function wholeOf({ width, height }: Raster): Tile {
  return {
    rows: { begin: 0, end: height },
    columns: { begin: 0, end: width },
  };
}
