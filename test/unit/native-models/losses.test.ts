import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { checkerboardLoss } from "../../../native-models/losses/checkerboard.ts";
import { contentLoss } from "../../../native-models/losses/content.ts";
import {
  gramStyleLoss,
  meanStyle,
  styleOf,
} from "../../../native-models/losses/gram-style.ts";
import { identityLoss } from "../../../native-models/losses/identity.ts";
import { totalVariation } from "../../../native-models/losses/total-variation.ts";
import type { Taps } from "../../../native-models/networks/perceptual.ts";
import { startBackends } from "./start-backends.ts";

interface Stored {
  shape: [number, number, number, number];
  data: number[];
}
interface Expected {
  value: number;
  gradients: number[][];
}
interface Fixture {
  a: Stored[];
  b: Stored[];
  y: Stored;
  z: Stored;
  drawn: Stored;
  plain: Stored;
  checkerboard: Expected;
  content: Expected;
  style: Expected;
  styleBank: Expected;
  totalVariation: Expected;
  identity: Expected;
}

/** Made by test/reference/losses.py with PyTorch. */
const fixture: Fixture = JSON.parse(
  readFileSync(new URL("../../fixtures/losses.json", import.meta.url), "utf8"),
);

const load = ({ data, shape }: Stored) => tf.tensor4d(data, shape);
const taps = (stored: Stored[]) => stored.map(load) as unknown as Taps;

const backends = await startBackends();

interface Case {
  name: string;
  expected: Expected;
  inputs: Stored[];
  loss: (inputs: tf.Tensor4D[]) => tf.Scalar;
}
const asTaps = (inputs: tf.Tensor4D[]) => inputs as unknown as Taps;
const cases: Case[] = [
  {
    name: "content",
    expected: fixture.content,
    inputs: fixture.a.slice(2),
    loss: (inputs) =>
      contentLoss(
        asTaps([...fixture.a.slice(0, 2).map(load), ...inputs]),
        taps(fixture.b),
      ),
  },
  {
    name: "style against one's own target",
    expected: fixture.style,
    inputs: fixture.a,
    loss: (inputs) =>
      gramStyleLoss(styleOf(asTaps(inputs)), styleOf(taps(fixture.b))),
  },
  {
    name: "style against the mean of a folder",
    expected: fixture.styleBank,
    inputs: fixture.a,
    loss: (inputs) =>
      gramStyleLoss(
        styleOf(asTaps(inputs)),
        meanStyle(styleOf(taps(fixture.b))),
      ),
  },
  {
    name: "total variation",
    expected: fixture.totalVariation,
    inputs: [fixture.y],
    loss: ([y]) => totalVariation(y!),
  },
  {
    name: "checkerboard",
    expected: fixture.checkerboard,
    inputs: [fixture.drawn],
    loss: ([y]) => checkerboardLoss(y!, load(fixture.plain)),
  },
  {
    name: "identity",
    expected: fixture.identity,
    inputs: [fixture.y],
    loss: ([y]) => identityLoss(y!, load(fixture.z)),
  },
];

const casesOnBackends = backends.flatMap((backend) =>
  cases.map((example) => ({ ...example, backend })),
);

describe.each(casesOnBackends)("$name on $backend", (example) => {
  const { backend, expected, inputs, loss } = example;
  beforeAll(() => tf.setBackend(backend));

  test("has PyTorch's value and gradients", () => {
    const results = tf.tidy(() => {
      const { value, grads } = tf.valueAndGrads((...x) =>
        loss(x as tf.Tensor4D[]),
      )(inputs.map(load));
      return [value.dataSync(), ...grads.map((g) => g.dataSync())];
    });
    expect(results[0]![0]).toBeCloseTo(expected.value, 5);
    for (const [index, gradient] of expected.gradients.entries()) {
      expect(furthest(results[index + 1]!, gradient)).toBeLessThan(2e-5);
    }
  });

  test("has the gradient that finite differences show", () => {
    const slope = tf.tidy(() => {
      const points = inputs.map(load);
      const ways = points.map((x, i) =>
        tf.randomNormal(x.shape, 0, 1, "float32", i + 1),
      );
      const at = (distance: number) =>
        loss(
          points.map((x, i) => tf.add(x, tf.mul(ways[i]!, distance))),
        ).dataSync()[0]!;
      const grads = tf.grads((...x) => loss(x as tf.Tensor4D[]))(points);
      const along = grads.map((g, i) => tf.sum(tf.mul(g, ways[i]!)));
      return {
        analytic: tf.addN(along).dataSync()[0]!,
        measured: (at(1e-3) - at(-1e-3)) / 2e-3,
      };
    });
    const scale = Math.max(1e-2, Math.abs(slope.analytic));
    expect(Math.abs(slope.measured - slope.analytic) / scale).toBeLessThan(
      0.02,
    );
  });
});

test("a picture has no content, style or identity loss against itself", () => {
  tf.tidy(() => {
    const a = taps(fixture.a);
    const y = load(fixture.y);
    expect(contentLoss(a, a).dataSync()[0]).toBe(0);
    expect(gramStyleLoss(styleOf(a), styleOf(a)).dataSync()[0]).toBe(0);
    expect(identityLoss(y, y).dataSync()[0]).toBe(0);
    expect(totalVariation(tf.ones([1, 4, 4, 3])).dataSync()[0]).toBe(0);
  });
});

test("a screen in step with the pixel grid counts by its height, edges and hatching much less", () => {
  const side = 64;
  const drawn = (value: (x: number, y: number) => number) =>
    tf.tensor4d(
      Float32Array.from({ length: side * side }, (_, i) =>
        value(i % side, Math.floor(i / side)),
      ),
      [1, side, side, 1],
    );
  const even = drawn(() => 0.5);
  const loss = (value: (x: number, y: number) => number) =>
    tf.tidy(() => checkerboardLoss(drawn(value), even).dataSync()[0]!);
  for (const cell of [1, 2, 4]) {
    const odd = (x: number) => Math.floor(x / cell) % 2;
    const screen = (x: number, y: number) => (odd(x) === odd(y) ? 0.55 : 0.45);
    expect(loss(screen)).toBeCloseTo(0.05, 4);
  }
  expect(loss((x) => (x < 30 ? 0.2 : 0.9))).toBeCloseTo(0, 4);
  expect(loss((x) => (x % 5 < 2 ? 0 : 1))).toBeLessThan(0.01);
  // A screen of the same contrast would count 0.5.
  expect(loss((x, y) => ((x + y) % 11 < 4 ? 0 : 1))).toBeLessThan(0.15);
  even.dispose();
});

function furthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));
}
