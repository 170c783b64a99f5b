import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import {
  type Taps,
  tapChannels,
} from "../../../../native-models/networks/perceptual.ts";
import { startRuntime } from "../../../../native-models/runtime/start-runtime.ts";
import { DrawingCritics } from "../../../../native-models/training/drawing-critics.ts";
import { Random } from "../../../../native-models/training/random.ts";

const side = 32;
const count = 2;
const adam = { beta1: 0.5, beta2: 0.99, epsilon: 1e-8, clip: 5 };

beforeAll(async () => {
  await startRuntime();
});

/** Noise about a level, with taps about it too. */
function pictures(level: number, seed: number) {
  const noise = (shape: [number, number, number, number], i: number) =>
    tf.randomNormal<tf.Rank.R4>(shape, level, 0.2, "float32", seed + i);
  const taps = tapChannels.map((channels, l) =>
    noise([count, side >> l, side >> l, channels], l),
  );
  return {
    x: noise([count, side, side, 3], 9),
    taps: taps as unknown as Taps,
  };
}

/** Turns of the critics between two kinds of picture. @returns each one's loss at each turn, by name */
function learn(critics: DrawingCritics, turns: number) {
  const losses: Record<string, number>[] = [];
  const random = Random.seeded(1);
  for (let turn = 0; turn < turns; turn++) {
    tf.tidy(() => {
      const said: Record<string, number> = {};
      const drawn = pictures(0.7, 100 * turn);
      const painted = pictures(0.3, 100 * turn + 50);
      critics.learn(
        (name, terms) => {
          const key = name as keyof typeof critics.networks;
          const { parameters, adam } = critics.networks[key];
          const { gradient } = parameters.gradient(() => {
            const [term] = Object.values(terms());
            said[name] = term!.dataSync()[0]!;
            return term!;
          });
          adam.update(gradient, 3e-3);
        },
        drawn,
        painted,
        painted.x,
        random,
      );
      losses.push(said);
    });
  }
  return losses;
}

function convinced(critics: DrawingCritics, level: number): number {
  return tf.tidy(() => {
    const { x, taps } = pictures(level, 7);
    const loss = critics.convinced(x.shape, Random.seeded(2));
    return loss({ x, taps }).dataSync()[0]!;
  });
}

test("both critics come to tell drawings from pictures, and hold what is no drawing against it", () => {
  const critics = new DrawingCritics(3, adam);
  const before = tf.memory().numTensors;
  // They have learned nothing that G should go by.
  expect(convinced(critics, 0.3)).toBe(0);
  const losses = learn(critics, 20);
  for (const name of ["strokes", "features"]) {
    expect(losses.at(-1)![name], name).toBeLessThan(0.5 * losses[0]![name]!);
  }
  expect(convinced(critics, 0.3)).toBeGreaterThan(2 * convinced(critics, 0.7));
  expect(tf.memory().numTensors).toBe(before);
  critics.dispose();
});

test("what G is to do about it grows over the first hundred turns", () => {
  const critics = new DrawingCritics(3, adam);
  const shares = [50, 100, 150].map((step) => {
    critics.networks.strokes.adam.step = step;
    return convinced(critics, 0.3);
  });
  expect(shares[0]).toBeCloseTo(shares[1]! / 2, 5);
  expect(shares[2]).toBeCloseTo(shares[1]!, 5);
  critics.dispose();
});
