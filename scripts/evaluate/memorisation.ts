import * as tf from "@tensorflow/tfjs-core";
import type { Raster } from "../../common/raster.ts";
import { Random } from "../../native-models/training/random.ts";
import { labFrom } from "./lab.ts";
import { cutPatch, nearestDistances, stackRows } from "./patches.ts";
import { planesOf, pyramid } from "./pyramid.ts";

/** Pictures are reduced to a quarter and compared by squares of 16: 64 pixels, enough to show something. */
const levels = 3;
const side = 16;
/** Pixels of the reduced picture between the squares of a training drawing. */
const stride = 2;
const queries = 300;
/** A square whose lightness deviates less from its mean shows nothing: two steps of L*. */
const flat = 0.02;

/**
 * Whether results hold pieces of the drawings that a style was trained on: how far squares of 64 pixels are, in the shape
 * of their lightness, from the nearest of these drawings, as a multiple of how far the same hand's other drawings are.
 * @returns 0 for a copy, about 1 or more for what is no nearer than a drawing that was not trained on; null where nothing
 *   has a shape
 */
export async function memorisation(
  results: readonly Raster[],
  trained: readonly Raster[],
  heldOut: readonly Raster[],
): Promise<number | null> {
  const [a, b] = [randomSquares(results), randomSquares(heldOut)];
  const [toResults, toHeldOut] = [
    await nearest(a, trained),
    await nearest(b, trained),
  ];
  tf.dispose([a, b]);
  if (toResults === null || toHeldOut === null) return null;
  return toResults / Math.max(toHeldOut, 1e-6);
}

/** The tenth part of the distances is below this. */
async function nearest(
  squares: tf.Tensor2D,
  drawings: readonly Raster[],
): Promise<number | null> {
  let smallest: number[] = [];
  for (const drawing of drawings) {
    const known = everySquare(drawing);
    if (squares.shape[0] > 0 && known.shape[0] > 0) {
      const distances = await nearestDistances(squares, known);
      smallest = distances.map((d, i) => Math.min(d, smallest[i] ?? d));
    }
    known.dispose();
  }
  smallest.sort((a, b) => a - b);
  return smallest[Math.floor(smallest.length / 10)] ?? null;
}

function randomSquares(pictures: readonly Raster[]): tf.Tensor2D {
  const random = Random.seeded(31);
  const share = Math.ceil(queries / pictures.length);
  return stackRows(
    pictures.flatMap((picture) => {
      const plane = reduced(picture);
      return Array.from({ length: share }, () =>
        shapeAt(
          plane,
          random.below(plane.width - side + 1),
          random.below(plane.height - side + 1),
        ),
      ).flat();
    }),
    side * side,
  );
}

function everySquare(picture: Raster): tf.Tensor2D {
  const plane = reduced(picture);
  const rows: Float32Array[] = [];
  for (let top = 0; top + side <= plane.height; top += stride) {
    for (let left = 0; left + side <= plane.width; left += stride) {
      rows.push(...shapeAt(plane, left, top));
    }
  }
  return stackRows(rows, side * side);
}

interface Plane {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

function reduced(picture: Raster): Plane {
  const small = tf.tidy(() => {
    const lightness = tf.slice(planesOf(labFrom(picture)), 0, 1);
    return pyramid(lightness, levels)[levels - 1]!;
  });
  const [, height, width] = small.shape;
  const values = small.dataSync() as Float32Array;
  small.dispose();
  return { width, height, values };
}

/** A square less its mean and at a deviation of 1, or nothing where it shows nothing. */
function shapeAt(
  { width, values }: Plane,
  left: number,
  top: number,
): Float32Array[] {
  const square = cutPatch(values, { width, channels: 1 }, left, top, side);
  const mean = square.reduce((sum, v) => sum + v, 0) / square.length;
  const squares = square.reduce((sum, v) => sum + (v - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / square.length);
  return deviation < flat ? [] : [square.map((v) => (v - mean) / deviation)];
}
