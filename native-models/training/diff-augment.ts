import * as tf from "@tensorflow/tfjs-core";
import type { Random } from "./random.ts";

/** One picture's transform T. */
export interface Augmentation {
  /** Added to every channel. */
  readonly brightness: number;
  /** Factor on the distance from the pixel's grey. */
  readonly saturation: number;
  /** Factor on the distance from the picture's mean. */
  readonly contrast: number;
  /** Pixels by which the picture moves. */
  readonly down: number;
  readonly right: number;
  /** Side of the square that is cut out, and where it begins; it may reach over the edges. */
  readonly hole: number;
  readonly top: number;
  readonly left: number;
}

/** What moving and cutting leave behind: the middle of 0..1, as zero is of the paper's −1..1. */
const grey = 0.5;

/**
 * Draws transforms for differentiable augmentation (Zhao et al. 2020, DiffAugment: colour, translation by up
 * to 1/8 of the side, cutout of half the side). The paper's brightness of ±0.5 is for −1..1, and so ±0.25 here.
 * @param count of pictures
 * @param height of the pictures in pixels
 */
export function drawAugmentations(
  count: number,
  height: number,
  width: number,
  random: Random,
): Augmentation[] {
  const within = (least: number, most: number) =>
    least + random.below(most - least + 1);
  const [y, x] = [Math.round(height / 8), Math.round(width / 8)];
  const hole = Math.round(Math.min(height, width) / 2);
  const start = (side: number) => within(0, side) - Math.floor(hole / 2);
  return Array.from({ length: count }, () => ({
    brightness: random.uniform(-0.25, 0.25),
    saturation: random.uniform(0, 2),
    contrast: random.uniform(0.5, 1.5),
    down: within(-y, y),
    right: within(-x, x),
    hole,
    top: start(height),
    left: start(width),
  }));
}

/**
 * T(x), differentiable in x. D sees real and generated pictures through such transforms only, in its own step and in
 * G's (figure 4), so that it cannot learn a small folder by heart and G does not learn the transforms.
 * @param x pictures [batch, h, w, 3] in 0..1
 * @param transforms one for each picture
 * @returns [batch, h, w, 3]; colours may leave 0..1
 */
export function augment(
  x: tf.Tensor4D,
  transforms: readonly Augmentation[],
): tf.Tensor4D {
  const [batch, height, width] = x.shape;
  if (transforms.length !== batch) {
    throw new RangeError(`${batch} pictures, ${transforms.length} transforms.`);
  }
  return tf.tidy(() => {
    const centred: tf.Tensor4D = tf.sub(recoloured(x, transforms), grey);
    const moved = tf.concat(
      // Not tf.split: its gradient in TensorFlow.js 4.22 fails for a single part.
      transforms.map((transform, i) =>
        translated(
          tf.slice(centred, [i, 0, 0, 0], [1, height, width, 3]),
          transform,
        ),
      ),
    );
    const kept = keptMask(transforms, height, width);
    return tf.add<tf.Tensor4D>(tf.mul(moved, kept), grey);
  });
}

function recoloured(
  x: tf.Tensor4D,
  transforms: readonly Augmentation[],
): tf.Tensor4D {
  const each = (value: (transform: Augmentation) => number) =>
    tf.tensor4d(transforms.map(value), [transforms.length, 1, 1, 1]);
  const bright = tf.add(
    x,
    each(({ brightness }) => brightness),
  );
  const saturated = spread(
    bright,
    [3],
    each(({ saturation }) => saturation),
  );
  return spread(
    saturated,
    [1, 2, 3],
    each(({ contrast }) => contrast),
  );
}

/** Multiplies the distances from the mean over `axes`. */
function spread(x: tf.Tensor, axes: number[], factor: tf.Tensor): tf.Tensor4D {
  const mean = tf.mean(x, axes, true);
  return tf.add(tf.mul(tf.sub(x, mean), factor), mean);
}

/** Moves one picture and fills with zeros. */
function translated(
  x: tf.Tensor4D,
  { down, right }: Augmentation,
): tf.Tensor4D {
  const [, height, width, channels] = x.shape;
  const rows = height - Math.abs(down);
  const columns = width - Math.abs(right);
  const part = tf.slice(
    x,
    [0, Math.max(0, -down), Math.max(0, -right), 0],
    [1, rows, columns, channels],
  );
  return tf.pad(part, [
    [0, 0],
    [Math.max(0, down), Math.max(0, -down)],
    [Math.max(0, right), Math.max(0, -right)],
    [0, 0],
  ]);
}

/** 0 in the holes and 1 elsewhere, [batch, height, width, 1]. */
function keptMask(
  transforms: readonly Augmentation[],
  height: number,
  width: number,
): tf.Tensor4D {
  const mask = new Float32Array(transforms.length * height * width).fill(1);
  for (const [i, { hole, top, left }] of transforms.entries()) {
    const from = Math.max(0, left);
    const to = Math.min(width, left + hole);
    for (let y = Math.max(0, top); y < Math.min(height, top + hole); y++) {
      const row = (i * height + y) * width;
      mask.fill(0, row + from, row + to);
    }
  }
  return tf.tensor4d(mask, [transforms.length, height, width, 1]);
}
