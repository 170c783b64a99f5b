import fc from "fast-check";
import { expect, test } from "vitest";
import { inHalfPrecision } from "../../../../native-models/networks/stored-weights.ts";
import { widenHalf } from "../../../../native-models/weights/half-precision.ts";

/** Rounds through the same numbers as a list: every finite half, in ascending order. */
const halves = Array.from({ length: 0x7c00 }, (_, bits) => widenHalf(bits));

function narrowed(values: number[]): number[] {
  const [, { dtype, data }] = inHalfPrecision([
    "x",
    { dtype: "F32", shape: [values.length], data: Float32Array.from(values) },
  ]);
  expect(dtype).toBe("F16");
  return Array.from(data as Uint16Array, widenHalf);
}

test("every half comes back as it was", () => {
  expect(narrowed(halves)).toEqual(halves);
  const negative = halves.map((half) => -half);
  expect(narrowed(negative)).toEqual(negative);
});

test("other numbers become the nearest half, and halfway the even one", () => {
  fc.assert(
    fc.property(
      fc.float({ min: 0, max: 65504, noNaN: true }),
      fc.boolean(),
      (size, negative) => {
        const [half] = narrowed([negative ? -size : size]);
        const bits = halves.findIndex((value) => value >= size);
        const nearest = [halves[Math.max(0, bits - 1)]!, halves[bits]!];
        const distance = Math.min(
          ...nearest.map((value) => Math.abs(value - size)),
        );
        expect(Math.abs(Math.abs(half!) - size)).toBe(distance);
      },
    ),
  );
  expect(narrowed([1 + 2 ** -11, 1 + 3 * 2 ** -11, 65520, -1e9])).toEqual([
    1,
    1 + 2 ** -9,
    Infinity,
    -Infinity,
  ]);
  expect(narrowed([Number.NaN])).toEqual([Number.NaN]);
});
