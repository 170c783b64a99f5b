import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { copyBox } from "./copy-box.ts";

/** `tf.slice`. The WebAssembly backend's own first copies the whole tensor out of its memory. */
export const slice: tf.KernelConfig = {
  kernelName: tf.Slice,
  backendName: "wasm",
  kernelFunc({ inputs, attrs, backend }) {
    const x = inputs.x as tf.Tensor;
    const { begin, size } = attrs as unknown as tf.SliceAttrs;
    const [first, extent] = tf.slice_util.parseSliceParams(x, begin, size);
    return copyBox(backend as BackendWasm, x, first!, extent!);
  },
};
