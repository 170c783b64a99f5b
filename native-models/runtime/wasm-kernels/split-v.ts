import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { copyBox } from "./copy-box.ts";

/** `tf.split`. The WebAssembly backend's own copies the whole tensor out of its memory for every part. */
export const splitV: tf.KernelConfig = {
  kernelName: tf.SplitV,
  backendName: "wasm",
  kernelFunc({ inputs, attrs, backend }) {
    const x = inputs.x as tf.Tensor;
    const { numOrSizeSplits, axis } = attrs as unknown as tf.SplitVAttrs;
    const [along] = tf.util.parseAxisParam(axis, x.shape);
    let start = 0;
    return tf.backend_util
      .prepareSplitSize(x, numOrSizeSplits, along)
      .map((length) => {
        const begin = x.shape.map((_, i) => (i === along ? start : 0));
        const size = x.shape.map((side, i) => (i === along ? length : side));
        start += length;
        return copyBox(backend as BackendWasm, x, begin, size);
      });
  },
};
