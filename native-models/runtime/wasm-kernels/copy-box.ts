import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type * as tf from "@tensorflow/tfjs-core";

/**
 * Copies a box out of a tensor, in runs as long as lie together in memory.
 * @param begin first index along each axis
 * @param size of the box along each axis
 */
export function copyBox(
  wasm: BackendWasm,
  x: tf.TensorInfo,
  begin: readonly number[],
  size: readonly number[],
): tf.TensorInfo {
  const box = wasm.makeOutput([...size], x.dtype);
  // Views come last: making the output may move WebAssembly's memory.
  const to = wasm.typedArrayFromHeap(box);
  const from = wasm.typedArrayFromHeap(x);
  // From the last axis to the first that is not copied whole, everything is one run.
  let axis = x.shape.length - 1;
  let pitch = 1;
  while (axis > 0 && size[axis] === x.shape[axis]) {
    pitch *= x.shape[axis]!;
    axis--;
  }
  const run = axis < 0 ? 1 : pitch * size[axis]!;
  const strides = x.shape.map((_, i) =>
    x.shape.slice(i + 1).reduce((product, side) => product * side, 1),
  );
  for (let offset = 0; offset < to.length; offset += run) {
    let place = offset;
    let start = 0;
    for (let i = x.shape.length - 1; i >= 0; i--) {
      start += (begin[i]! + (place % size[i]!)) * strides[i]!;
      place = Math.floor(place / size[i]!);
    }
    to.set(from.subarray(start, start + run), offset);
  }
  return box;
}
