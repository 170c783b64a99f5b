import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import {
  temporalLoss,
  warp,
} from "../../../../native-models/losses/temporal.ts";
import { drawMotion } from "../../../../native-models/training/motion.ts";
import { Random } from "../../../../native-models/training/random.ts";
import { startBackends } from "../start-backends.ts";

await startBackends();

test("a picture and the same one moved agree wherever both show it", () => {
  tf.tidy(() => {
    const random = Random.seeded(2);
    const picture = tf.randomUniform(
      [1, 24, 24, 3],
      0,
      1,
      "float32",
      3,
    ) as tf.Tensor4D;
    for (let i = 0; i < 5; i++) {
      const { flow, visible } = drawMotion(24, 4, random);
      const moved = warp(picture, flow);
      expect(temporalLoss(moved, picture, flow, visible).dataSync()[0]).toBe(0);
      // And not because nothing moved, or nothing is seen.
      expect(
        tf.mean(tf.abs(tf.sub(moved, picture))).dataSync()[0],
      ).toBeGreaterThan(0.05);
      expect(tf.mean(visible).dataSync()[0]).toBeGreaterThan(0.5);
    }
  });
});

test("what comes from beyond the edges is not visible, and all else is", () => {
  const random = Random.seeded(5);
  for (let i = 0; i < 20; i++) {
    const [flow, visible] = tf.tidy(() => {
      const motion = drawMotion(16, 4, random);
      return [motion.flow.dataSync(), motion.visible.dataSync()];
    });
    for (const [at, seen] of visible!.entries()) {
      const x = (at % 16) + flow![2 * at]!;
      const y = Math.floor(at / 16) + flow![2 * at + 1]!;
      const within = Math.min(x, y) >= 0 && Math.max(x, y) <= 15;
      // Float32 may round a place onto the edge.
      const near = [x, y].some(
        (v) => Math.min(Math.abs(v), Math.abs(v - 15)) < 1e-5,
      );
      if (!near) expect(seen).toBe(within ? 1 : 0);
      expect(Math.abs(flow![2 * at]!)).toBeLessThanOrEqual(4 + 0.05 * 7.5);
    }
  }
});
