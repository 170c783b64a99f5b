import type { Raster } from "../../common/raster.ts";

/** What an evaluator sees in a picture. */
export interface Look {
  /** Numbers whose mean over pictures stands for what these have in common. */
  readonly style: Float32Array;
  /** Where in the picture there is what, standardised so that the dot product of two is their correlation. */
  readonly content: Float32Array;
}

/** Judges pictures by other means than the losses that styles are trained with. */
export interface Evaluator {
  readonly name: string;
  /** @param picture RGB, 8 bit, sides of 64 pixels or more */
  look(picture: Raster): Promise<Look>;
  /** Distance of two pictures' `style`, or of their means over folders, from 0. */
  styleDistance(a: Float32Array, b: Float32Array): number;
}

/** 1 − correlation of what is where: 0 for the same picture, about 1 for unrelated ones of the same size. */
export function contentDistance(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) {
    throw new RangeError(
      "Content is compared between pictures of the same size.",
    );
  }
  return 1 - a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

/** What pictures have in common. */
export function meanStyle(styles: readonly Float32Array[]): Float32Array {
  return Float32Array.from(
    styles[0]!,
    (_, i) => styles.reduce((sum, style) => sum + style[i]!, 0) / styles.length,
  );
}
