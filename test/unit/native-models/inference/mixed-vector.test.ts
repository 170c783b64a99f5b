import { expect, test } from "vitest";
import { mixedVector } from "../../../../native-models/inference/mixed-vector.ts";
import { vectorLength } from "../../../../native-models/networks/generator.ts";
import type { StoredTensor } from "../../../../native-models/weights/safetensors.ts";
import { writeSafetensors } from "../../../../native-models/weights/safetensors.ts";

const vector = (at: (i: number) => number): [string, StoredTensor] => [
  "style.vector",
  {
    dtype: "F32",
    shape: [vectorLength],
    data: Float32Array.from({ length: vectorLength }, (_, i) => at(i)),
  },
];
const first = new Map([vector((i) => i)]);
const second = writeSafetensors([vector(() => 10)]);
const third = writeSafetensors([vector((i) => -i)]);

test("each vector counts by its share, and the first by what is left", () => {
  const { data } = mixedVector(
    first,
    [
      { weights: second, share: 0.3 },
      { weights: third, share: 0.2 },
    ],
    "it",
  );
  expect(data).toHaveLength(vectorLength);
  for (const i of [0, 1, 700, vectorLength - 1])
    expect(data[i]).toBeCloseTo(0.5 * i + 0.3 * 10 - 0.2 * i, 3);
});

test("a style with a generator of its own is refused, first or mixed in", () => {
  const filter: [string, StoredTensor] = [
    "generator.o.1.bias",
    { dtype: "F32", shape: [3], data: new Float32Array(3) },
  ];
  const whole = [filter, vector(() => 0)];
  const refusal = expect.objectContaining({
    code: "unsupported",
    message: expect.stringContaining("generator of its own"),
  });
  expect(() =>
    mixedVector(
      first,
      [{ weights: writeSafetensors(whole), share: 0.5 }],
      "it",
    ),
  ).toThrow(refusal);
  expect(() =>
    mixedVector(new Map(whole), [{ weights: second, share: 0.5 }], "it"),
  ).toThrow(refusal);
});
