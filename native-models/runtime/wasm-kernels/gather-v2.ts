import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";

/** `tf.gather`. The WebAssembly backend's own finds the place of every single number anew. */
export const gatherV2: tf.KernelConfig = {
  kernelName: tf.GatherV2,
  backendName: "wasm",
  kernelFunc({ inputs, attrs, backend }) {
    const x = inputs.x as tf.Tensor;
    const indices = inputs.indices as tf.Tensor;
    const { axis, batchDims } = attrs as unknown as tf.GatherV2Attrs;
    const [along] = tf.util.parseAxisParam(axis, x.shape);
    const { batchSize, outerSize, dimSize, sliceSize, outputShape } =
      tf.backend_util.segment_util.collectGatherOpShapeInfo(
        x,
        indices,
        along!,
        batchDims,
      );
    const wasm = backend as BackendWasm;
    const astray = wasm
      .typedArrayFromHeap(indices)
      .find((place) => place < 0 || place >= dimSize);
    if (astray !== undefined) {
      throw new RangeError(`${astray} is not one of 0..${dimSize - 1}.`);
    }
    const picked = wasm.makeOutput(outputShape, x.dtype);
    // Views come last: making the output may move WebAssembly's memory.
    const to = wasm.typedArrayFromHeap(picked);
    const from = wasm.typedArrayFromHeap(x);
    const places = wasm.typedArrayFromHeap(indices);
    const count = places.length / batchSize;
    let offset = 0;
    for (let group = 0; group < batchSize * outerSize; group++) {
      const first = Math.floor(group / outerSize) * count;
      for (const place of places.subarray(first, first + count)) {
        const start = (group * dimSize + place) * sliceSize;
        to.set(from.subarray(start, start + sliceSize), offset);
        offset += sliceSize;
      }
    }
    return picked;
  },
};
