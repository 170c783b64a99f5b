import { expect } from "vitest";
import type { Raster } from "../../../common/raster.ts";
import type { Safetensors } from "../../../native-models/weights/safetensors.ts";

/** The picture that PyTorch's results are of, out of PyTorch's order of axes. */
export function pictureIn(results: Safetensors): Raster<Float32Array> {
  const { shape } = results.tensors.get("picture")!;
  return {
    width: shape[3]!,
    height: shape[2]!,
    channels: 3,
    samples: pixels(results, "picture"),
  };
}

/** PyTorch's result for a checkpoint of that file name. */
export function resultIn(results: Safetensors, file: string): Float32Array {
  return pixels(results, file.replace(/(_old)?\.\w+$/, ""));
}

function pixels({ tensors }: Safetensors, name: string): Float32Array {
  const { shape, data } = tensors.get(name)!;
  const area = shape[2]! * shape[3]!;
  return Float32Array.from({ length: 3 * area }, (_, i) =>
    Number(data[(i % 3) * area + Math.floor(i / 3)]),
  );
}

export function largestDifference(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce(
    (largest, value, index) => Math.max(largest, Math.abs(value - b[index]!)),
    0,
  );
}
