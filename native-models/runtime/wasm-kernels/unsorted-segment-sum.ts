import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";

/**
 * Sums of the rows that carry the same number, which is the gradient of `tf.gather`. The WebAssembly backend lacks it.
 * Rows whose number is none of 0..numSegments−1 are left out.
 */
export const unsortedSegmentSum: tf.KernelConfig = {
  kernelName: tf.UnsortedSegmentSum,
  backendName: "wasm",
  kernelFunc({ inputs, attrs, backend }) {
    const x = inputs.x as tf.Tensor;
    const segmentIds = inputs.segmentIds as tf.Tensor1D;
    const { numSegments } = attrs as unknown as tf.UnsortedSegmentSumAttrs;
    const wasm = backend as BackendWasm;
    const row = x.shape.slice(1);
    const length = tf.util.sizeFromShape(row);
    const sums = wasm.makeOutput([numSegments, ...row], x.dtype);
    // Views come last: making the output may move WebAssembly's memory.
    const to = wasm.typedArrayFromHeap(sums).fill(0);
    const from = wasm.typedArrayFromHeap(x);
    wasm.typedArrayFromHeap(segmentIds).forEach((segment, index) => {
      if (segment < 0 || segment >= numSegments) return;
      for (let i = 0; i < length; i++) {
        to[segment * length + i]! += from[index * length + i]!;
      }
    });
    return sums;
  },
};
