import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadWasm } from "../../../../native-models/runtime/wasm.ts";

/**
 * Each kernel against the plain `cpu` backend, which shares no code with it, and its gradients by finite differences of
 * what WebAssembly itself computes forward.
 */

type Operation = (...inputs: tf.Tensor4D[]) => tf.Tensor;
interface Input {
  readonly shape: number[];
  readonly values: Float32Array;
}

await loadWasm();
// It recommends tfjs-node, once.
const { warn } = console;
console.warn = () => {};
await tf.setBackend("cpu");
tf.scalar(0).dispose();
console.warn = warn;

let before: tf.MemoryInfo;
beforeEach(async () => {
  await tf.setBackend("wasm");
  before = tf.memory();
});
afterEach(() => {
  expect(tf.memory()).toMatchObject({
    numTensors: before.numTensors,
    numDataBuffers: before.numDataBuffers,
  });
});

const sizeOf = (shape: readonly number[]) =>
  shape.reduce((product, side) => product * side, 1);

/** Numbers of both signs, none nearer to another than a hundredth, in no order. */
function input(shape: number[], seed: number): Input {
  const count = sizeOf(shape);
  const places = Uint32Array.from({ length: count }, (_, i) => i);
  const random = (i: number) => (Math.sin(i + seed) * 43758.5453) % 1;
  const key = Array.from(places, random);
  places.sort((a, b) => key[a]! - key[b]!);
  const values = new Float32Array(count);
  places.forEach((place, rank) => {
    values[place] = (rank + 0.5 - 0.6 * count) * Math.max(0.01, 2 / count);
  });
  return { shape, values };
}

function wave(shape: number[], frequency: number): tf.Tensor {
  const values = Float32Array.from({ length: sizeOf(shape) }, (_, i) =>
    Math.cos(frequency * (i + 1)),
  );
  return tf.tensor(values, shape);
}

const load = ({ shape, values }: Input) =>
  tf.tensor4d(values, shape as [number, number, number, number]);

/** The value, and the gradients of its inner product with a wave. */
async function differentiate(
  backend: string,
  operation: Operation,
  inputs: Input[],
) {
  await tf.setBackend(backend);
  return tf.tidy(() => {
    const value = operation(...inputs.map(load));
    const dy = wave(value.shape, 0.7);
    const gradients = tf.grads((...x) => operation(...(x as tf.Tensor4D[])))(
      inputs.map(load),
      dy,
    );
    return [value, ...gradients].map((t) => ({
      shape: t.shape,
      values: t.dataSync(),
    }));
  });
}

/** Value and gradients are those of the `cpu` backend, within 1e-5 of the largest. */
async function expectAsCpu(operation: Operation, inputs: Input[]) {
  const wanted = await differentiate("cpu", operation, inputs);
  const found = await differentiate("wasm", operation, inputs);
  found.forEach(({ shape, values }, index) => {
    expect(shape).toEqual(wanted[index]!.shape);
    const right = wanted[index]!.values;
    let largest = 1;
    let furthest = 0;
    right.forEach((value, i) => {
      largest = Math.max(largest, Math.abs(value));
      furthest = Math.max(furthest, Math.abs(value - values[i]!));
      if (Number.isNaN(values[i])) furthest = Number.NaN;
    });
    expect(furthest / largest).toBeLessThan(1e-5);
  });
}

/** Along a direction, the gradient predicts how the inner product with the wave changes. */
function expectSlope(operation: Operation, inputs: Input[], distance: number) {
  const { predicted, measured, scale } = tf.tidy(() => {
    const points = inputs.map(load);
    const ways = points.map(({ shape }, i) => wave(shape, 1.3 + i));
    const dy = wave(operation(...points).shape, 0.7);
    const at = (step: number) =>
      tf
        .sum(
          tf.mul(
            dy,
            operation(
              ...points.map((x, i) =>
                tf.add<tf.Tensor4D>(x, tf.mul(ways[i]!, step)),
              ),
            ),
          ),
        )
        .dataSync()[0]!;
    const gradients = tf.grads((...x) => operation(...(x as tf.Tensor4D[])))(
      points,
      dy,
    );
    const products = gradients.map((g, i) => tf.mul(g, ways[i]!));
    const total = (parts: tf.Tensor[]) =>
      parts.reduce((sum, part) => sum + tf.sum(part).dataSync()[0]!, 0);
    return {
      predicted: total(products),
      measured: (at(distance) - at(-distance)) / (2 * distance),
      scale: Math.max(1, total(products.map(tf.abs))),
    };
  });
  expect(Math.abs(predicted - measured) / scale).toBeLessThan(2e-3);
}

const side = fc.integer({ min: 1, max: 4 });
const padding = fc.oneof(
  fc.constantFrom<"valid" | "same">("valid", "same"),
  fc.tuple(side, side, side, side).map(
    ([top, bottom, left, right]) =>
      [
        [0, 0],
        [top - 1, bottom - 1],
        [left - 1, right - 1],
        [0, 0],
      ] as tf.backend_util.ExplicitPadding,
  ),
);
const window = fc.record({
  batch: fc.integer({ min: 1, max: 3 }),
  // The picture is as large as the window at least.
  more: fc.tuple(fc.nat(7), fc.nat(7)),
  size: fc.tuple(fc.integer({ min: 1, max: 5 }), side),
  strides: fc.tuple(fc.integer({ min: 1, max: 3 }), side),
  channels: fc.integer({ min: 1, max: 4 }),
  outputs: fc.integer({ min: 1, max: 9 }),
  pad: padding,
});
type Window = typeof window extends fc.Arbitrary<infer T> ? T : never;

const pictureShape = ({ batch, more, size, channels }: Window): number[] => [
  batch,
  size[0] + more[0],
  size[1] + more[1],
  channels,
];

describe("convolution", () => {
  // The backend's own forward convolution gives nought with "same" where the filter is smaller than the stride.
  const reaches = ({ size, strides, pad }: Window) =>
    pad !== "same" || strides.every((stride, i) => stride <= size[i]!);
  const convolve =
    ({ strides, pad }: Window): Operation =>
    (x, filter) =>
      tf.conv2d(x!, filter!, strides, pad);
  const inputsOf = (w: Window) => [
    input(pictureShape(w), 1),
    input([...w.size, w.channels, w.outputs], 2),
  ];

  test("has the gradients of the cpu backend for every size, stride and padding", async () => {
    await fc.assert(
      fc.asyncProperty(window.filter(reaches), async (w) => {
        await expectAsCpu(convolve(w), inputsOf(w));
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  test("has the gradients that finite differences show", () => {
    fc.assert(
      fc.property(window.filter(reaches), (w) => {
        expectSlope(convolve(w), inputsOf(w), 0.1);
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    ["kernel 2, stride 3", [1, 9, 8, 2], [2, 2, 2, 3], 3, "valid"],
    ["4x4, stride 2, one pixel around", [2, 16, 12, 3], [4, 4, 3, 5], 2, 1],
    ["stride 2, the last row unused", [1, 8, 10, 2], [3, 3, 2, 4], 2, "valid"],
    ["a filter as large as the picture", [3, 5, 5, 2], [5, 5, 2, 2], 1, "same"],
  ] as const)("%s", async (_, x, filter, stride, pad) => {
    const operation: Operation = (a, b) => tf.conv2d(a!, b!, stride, pad);
    const inputs = [input([...x], 3), input([...filter], 4)];
    await expectAsCpu(operation, inputs);
    await tf.setBackend("wasm");
    expectSlope(operation, inputs, 0.1);
  });
});

test("a transposed convolution has the value and gradients of the cpu backend", async () => {
  const shapes = fc.record({
    x: fc.tuple(side, side, side, side),
    more: fc.tuple(fc.nat(3), fc.nat(2)),
    outputs: side,
    stride: fc.integer({ min: 1, max: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(shapes, async ({ x, more, outputs, stride }) => {
      const [batch, height, width, channels] = x;
      const operation: Operation = (a, filter) =>
        tf.conv2dTranspose(
          a!,
          filter!,
          [batch, height * stride, width * stride, outputs],
          stride,
          "same",
        );
      await expectAsCpu(operation, [
        input([...x], 5),
        input([stride + more[0], stride + more[1], outputs, channels], 6),
      ]);
    }),
    { numRuns: 100 },
  );
});

describe("max pooling", () => {
  const pool =
    ({ size, strides, pad }: Window): Operation =>
    (x) =>
      // Pooling takes whole paddings only where they are the window's own.
      tf.maxPool(x!, size, strides, typeof pad === "string" ? pad : "same");

  test("has the gradient of the cpu backend for every size, stride and padding", async () => {
    await fc.assert(
      fc.asyncProperty(window, async (w) => {
        await expectAsCpu(pool(w), [input(pictureShape(w), 7)]);
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  test("has the gradient that finite differences show, also below zero", () => {
    fc.assert(
      fc.property(window, (w) => {
        const { shape, values } = input(pictureShape(w), 8);
        const below = { shape, values: values.map((value) => value - 9) };
        expectSlope(pool(w), [{ shape, values }], 1e-3);
        expectSlope(pool(w), [below], 1e-3);
      }),
      { numRuns: 50 },
    );
  });

  test("hands the slope to the first of equals", async () => {
    const even = { shape: [1, 4, 4, 1], values: new Float32Array(16) };
    const [, slope] = await differentiate(
      "wasm",
      (x) => tf.maxPool(x!, 2, 2, "valid"),
      [even],
    );
    const taken = Array.from(slope!.values, (value) => value !== 0);
    expect(taken.flatMap((is, i) => (is ? [i] : []))).toEqual([0, 2, 8, 10]);
  });
});

test("average pooling of whole windows has the gradient of the cpu backend", async () => {
  await fc.assert(
    fc.asyncProperty(window, async (w) => {
      const operation: Operation = (x) =>
        tf.avgPool(x!, w.size, w.strides, "valid");
      await expectAsCpu(operation, [input(pictureShape(w), 9)]);
    }),
    { numRuns: 100 },
  );
});

test("gathering has the gradient of the cpu backend, along every axis", async () => {
  const cases = fc
    .tuple(side, side, side, side)
    .chain((shape) =>
      fc
        .nat(3)
        .chain((axis) =>
          fc.tuple(
            fc.constant(shape),
            fc.constant(axis),
            fc.array(fc.nat(shape[axis]! - 1), { minLength: 1, maxLength: 6 }),
          ),
        ),
    );
  await fc.assert(
    fc.asyncProperty(cases, async ([shape, axis, indices]) => {
      const operation: Operation = (x) =>
        tf.gather(x!, tf.tensor1d(indices, "int32"), axis);
      await expectAsCpu(operation, [input([...shape], 10)]);
      await tf.setBackend("wasm");
      expectSlope(operation, [input([...shape], 10)], 0.1);
    }),
    { numRuns: 100 },
  );
});

test("gathering in batches is that of the cpu backend, and refuses what is not there", async () => {
  const gathered = async (backend: string) => {
    await tf.setBackend(backend);
    return tf.tidy(() =>
      tf
        .gather(
          load(input([2, 3, 4, 2], 16)),
          tf.tensor2d([0, 2, 2, 1, 3, 0], [2, 3], "int32"),
          2,
          1,
        )
        .arraySync(),
    );
  };
  expect(await gathered("wasm")).toEqual(await gathered("cpu"));
  await tf.setBackend("wasm");
  expect(() =>
    tf.tidy(() => tf.gather(tf.zeros([3]), tf.tensor1d([3], "int32"))),
  ).toThrow("3 is not one of 0..2.");
});

describe("matrix products", () => {
  const cases = fc.record({
    batches: fc.tuple(side, side),
    sides: fc.tuple(side, side, side),
    transposeA: fc.boolean(),
    transposeB: fc.boolean(),
  });
  type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;
  const multiply =
    ({ transposeA, transposeB }: Case): Operation =>
    (a, b) =>
      tf.matMul(a!, b!, transposeA, transposeB);
  const matrices = (
    { sides: [m, k, n], transposeA, transposeB }: Case,
    batchesA: number[],
    batchesB: number[],
  ) => [
    input([...batchesA, ...(transposeA ? [k, m] : [m, k])], 17),
    input([...batchesB, ...(transposeB ? [n, k] : [k, n])], 18),
  ];

  test("have the values and gradients of the cpu backend", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (c) => {
        const { batches } = c;
        await expectAsCpu(multiply(c), matrices(c, batches, batches));
      }),
      { numRuns: 200 },
    );
  });

  test("serve several with one factor as the cpu backend does", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (c) => {
        const inputs = matrices(c, c.batches, [1, 1]);
        const on = async (backend: string) => {
          await tf.setBackend(backend);
          return tf.tidy(() => multiply(c)(...inputs.map(load)).dataSync());
        };
        const [found, wanted] = [await on("wasm"), await on("cpu")];
        wanted.forEach((value, i) => {
          expect(found[i]).toBeCloseTo(value, 4);
        });
      }),
      { numRuns: 50 },
    );
  });

  test("take the same numbers as a column and as a row", async () => {
    const products = async (backend: string) => {
      await tf.setBackend(backend);
      return tf.tidy(() => {
        const matrix = tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);
        const u = tf.tensor1d([7, 8]);
        const v = tf.dot(matrix, u) as tf.Tensor1D;
        return tf.outerProduct(v, u).arraySync();
      });
    };
    expect(await products("wasm")).toEqual(await products("cpu"));
  });
});

test("sums of segments leave out rows of no segment, and count in whole numbers", async () => {
  const sums = () =>
    tf.tidy(() =>
      tf
        .unsortedSegmentSum(
          tf.tensor2d([1, 2, 3, 4, 5, 6, 7, 8], [4, 2], "int32"),
          tf.tensor1d([2, -1, 2, 5], "int32"),
          3,
        )
        .arraySync(),
    );
  expect(sums()).toEqual([
    [0, 0],
    [0, 0],
    [6, 8],
  ]);
});

describe("moving numbers about", () => {
  /** What an operation gives on both backends, of numbers of each kind. */
  async function expectSame(
    shape: readonly number[],
    operation: (x: tf.Tensor) => tf.Tensor[],
    kinds: tf.NumericDataType[] = ["float32", "int32", "bool"],
  ) {
    for (const kind of kinds) {
      const values = Array.from({ length: sizeOf(shape) }, (_, i) =>
        kind === "bool" ? i % 3 === 0 : i - 7,
      );
      const on = async (backend: string) => {
        await tf.setBackend(backend);
        return tf.tidy(() =>
          operation(tf.tensor(values as number[], [...shape], kind)).map(
            (t) => ({ shape: t.shape, kind: t.dtype, values: t.dataSync() }),
          ),
        );
      };
      expect(await on("wasm")).toEqual(await on("cpu"));
    }
  }
  const sides = fc.array(fc.integer({ min: 1, max: 5 }), {
    minLength: 1,
    maxLength: 5,
  });

  test("a slice is the one of the cpu backend", async () => {
    const boxes = sides.chain((shape) =>
      fc.tuple(
        fc.constant(shape),
        fc.tuple(...shape.map((length) => fc.nat(length - 1))),
        fc.tuple(
          ...shape.map(() => fc.double({ min: 0, max: 1, noNaN: true })),
        ),
      ),
    );
    await fc.assert(
      fc.asyncProperty(boxes, async ([shape, begin, shares]) => {
        const size = shape.map((length, i) =>
          Math.round(shares[i]! * (length - begin[i]!)),
        );
        await expectSame(shape, (x) => [tf.slice(x, begin, size)]);
      }),
      { numRuns: 200 },
    );
  });

  test("the parts of a split are those of the cpu backend", async () => {
    const splits = fc.tuple(sides, fc.nat(4), fc.nat(5), fc.nat(5));
    await fc.assert(
      fc.asyncProperty(splits, async ([shape, at, a, b]) => {
        const axis = at % shape.length;
        const length = shape[axis]!;
        const first = a % (length + 1);
        const second = b % (length - first + 1);
        const sizes = [first, second, length - first - second];
        await expectSame(shape, (x) => tf.split(x, sizes, axis));
      }),
      { numRuns: 200 },
    );
  });

  test("depth becomes space as on the cpu backend", async () => {
    const cases = fc.tuple(
      side,
      side,
      side,
      side,
      fc.integer({ min: 2, max: 3 }),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ([batch, h, w, channels, block]) => {
        await expectSame(
          [batch, h, w, channels * block * block],
          (x) => [tf.depthToSpace(x as tf.Tensor4D, block)],
          ["float32"],
        );
      }),
      { numRuns: 100 },
    );
  });
});

describe("other operations of networks and losses have the cpu backend's values and gradients", () => {
  const x = input([2, 6, 4, 3], 11);
  const y = input([2, 6, 4, 3], 12);
  const positive = { shape: x.shape, values: y.values.map((v) => v + 3) };
  test.each<[string, Operation, Input[]]>([
    ["leaky ReLU", (a) => tf.leakyRelu(a!, 0.2), [x]],
    ["tanh", (a) => tf.tanh(a!), [x]],
    ["sigmoid", (a) => tf.sigmoid(a!), [x]],
    ["softplus", (a) => tf.softplus(a!), [x]],
    ["log-sigmoid", (a) => tf.logSigmoid(a!), [x]],
    ["logarithm", (a) => tf.log(a!), [positive]],
    ["root", (a) => tf.sqrt(a!), [positive]],
    ["absolute value", (a) => tf.abs(a!), [x]],
    ["clipping", (a) => tf.clipByValue(a!, -0.3, 0.4), [x]],
    ["greater of two", (a, b) => tf.maximum(a!, b!), [x, y]],
    ["mean", (a) => tf.mean(a!, [1, 2]), [x]],
    ["moments", (a) => tf.moments(a!, [1, 2]).variance, [x]],
    ["quotient", (a, b) => tf.div(a!, b!), [x, positive]],
    ["reversal", (a) => tf.reverse(a!, [1, 2]), [x]],
    ["concatenation", (a, b) => tf.concat([a!, b!], 2), [x, y]],
  ])("%s", async (_, operation, inputs) => {
    await expectAsCpu(operation, inputs);
  });
});

test("nearest x2 has the gradient that finite differences show", () => {
  // The cpu backend's own is wrong for more than one picture.
  const double: Operation = (x) =>
    tf.image.resizeNearestNeighbor(x!, [2 * x!.shape[1], 2 * x!.shape[2]]);
  expectSlope(double, [input([2, 5, 4, 3], 15)], 0.1);
});
