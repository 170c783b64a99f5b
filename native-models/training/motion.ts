import * as tf from "@tensorflow/tfjs-core";
import type { Random } from "./random.ts";

/** Where the pixels of a square frame were in the one before. */
export interface Motion {
  /** (right, down) in pixels from where they are now, [1, side, side, 2]. */
  readonly flow: tf.Tensor4D;
  /** 1 where that is within the picture, else 0, [1, side, side, 1]. */
  readonly visible: tf.Tensor4D;
}

/** Most that a frame is larger or smaller than the one before, as a share of its side. */
const mostZoom = 0.05;

/**
 * A camera's move: a shift and a zoom about the middle.
 * @param side of the frame in pixels
 * @param furthest shift along each axis, in pixels
 */
export function drawMotion(
  side: number,
  furthest: number,
  random: Random,
): Motion {
  const right = random.uniform(-furthest, furthest);
  const down = random.uniform(-furthest, furthest);
  const zoom = random.uniform(-mostZoom, mostZoom);
  const middle = (side - 1) / 2;
  const within = (at: number) => at >= 0 && at <= side - 1;
  const flow = new Float32Array(side * side * 2);
  const visible = new Float32Array(side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const i = y * side + x;
      flow[2 * i] = right + zoom * (x - middle);
      flow[2 * i + 1] = down + zoom * (y - middle);
      const seen = within(x + flow[2 * i]!) && within(y + flow[2 * i + 1]!);
      visible[i] = seen ? 1 : 0;
    }
  }
  return {
    flow: tf.tensor4d(flow, [1, side, side, 2]),
    visible: tf.tensor4d(visible, [1, side, side, 1]),
  };
}
