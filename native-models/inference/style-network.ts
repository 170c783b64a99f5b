import type * as tf from "@tensorflow/tfjs-core";
import type { Range } from "./resample.ts";
import type { TileCost } from "./tiles.ts";

export interface PictureSize {
  readonly height: number;
  readonly width: number;
}

export interface PicturePart {
  readonly rows: Range;
  readonly columns: Range;
}

/** Reads a part of the picture that the network sees, [1, h, w, 3] in 0..1; the caller owns it. */
export type ReadPart = (part: PicturePart) => Promise<tf.Tensor4D>;

export interface FreezeOptions {
  /** How far into the features the style reaches: 0, the picture, to 1, which it is by default. */
  readonly depth?: number | undefined;
  /**
   * How much each pixel of the thumbnail counts for the statistics, [1, h, w, 1] in 0..1, not all 0; all count the same
   * without it. The picture is painted as a whole all the same: its style only takes its measure from there.
   */
  readonly inside?: tf.Tensor4D | undefined;
}

/** A network with a style, as `stylize` uses it: first for statistics on a small version, then for tiles. */
export interface StyleNetwork {
  readonly cost: TileCost;
  /**
   * Fixes the statistics of every normalisation at those of a small version of the picture, so that each pixel depends
   * on its surroundings only and tiles fit together.
   * @param thumbnail [1, h, w, 3] in 0..1, both sides multiples of 4 and at least 8; stays the caller's
   * @param pause awaited after each layer; may throw to give up
   * @throws Failure "unsupported" for another depth than 1 where the network knows none
   */
  freeze(
    thumbnail: tf.Tensor4D,
    pause: () => Promise<void>,
    options?: FreezeOptions,
  ): Promise<FrozenNetwork>;
  /** Gives the weights' memory back. */
  dispose(): void;
}

export interface FrozenNetwork {
  /** The styled thumbnail, [1, h, w, 3] in 0..1; goes with `dispose`. */
  readonly styled: tf.Tensor4D;
  /**
   * Runs the network on what a part of the picture needs.
   * @param size of the whole picture that the network sees, multiples of 4
   * @param part multiples of 4 within it
   * @returns [1, rows, columns, 3] in 0..1
   */
  run(
    size: PictureSize,
    part: PicturePart,
    read: ReadPart,
    pause: () => Promise<void>,
  ): Promise<tf.Tensor4D>;
  dispose(): void;
}
