import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";

/**
 * The gradient of max pooling: dy of a window goes to its largest element, to the first of equals. The WebAssembly
 * backend's own starts its search at zero and so misplaces what belongs to a window that is negative throughout.
 */
export const maxPoolGrad: tf.KernelConfig = {
  kernelName: tf.MaxPoolGrad,
  backendName: "wasm",
  kernelFunc({ inputs, attrs, backend }) {
    const dy = inputs.dy as tf.Tensor4D;
    const input = inputs.input as tf.Tensor4D;
    const { filterSize, strides, pad, dimRoundingMode } =
      attrs as unknown as tf.MaxPoolGradAttrs;
    const wasm = backend as BackendWasm;
    const window = tf.backend_util.computePool2DInfo(
      input.shape,
      filterSize,
      strides,
      1,
      pad,
      dimRoundingMode,
    );
    const dx = wasm.makeOutput(input.shape, "float32");
    // Views come last: making the output may move WebAssembly's memory.
    const slopes = wasm.typedArrayFromHeap(dx).fill(0);
    giveToLargest(
      window,
      wasm.typedArrayFromHeap(input),
      wasm.typedArrayFromHeap(dy),
      slopes,
    );
    return dx;
  },
};

type Numbers = ReturnType<BackendWasm["typedArrayFromHeap"]>;

function giveToLargest(
  window: tf.backend_util.Conv2DInfo,
  x: Numbers,
  dy: Numbers,
  dx: Numbers,
): void {
  const { inHeight, inWidth, inChannels, outHeight, outWidth } = window;
  let output = 0;
  for (let n = 0; n < window.batchSize; n++) {
    for (let p = 0; p < outHeight; p++) {
      const top = p * window.strideHeight - window.padInfo.top;
      const bottom = Math.min(inHeight, top + window.filterHeight);
      for (let q = 0; q < outWidth; q++) {
        const left = q * window.strideWidth - window.padInfo.left;
        const right = Math.min(inWidth, left + window.filterWidth);
        for (let c = 0; c < inChannels; c++, output++) {
          let largest = Number.NEGATIVE_INFINITY;
          let at = -1;
          for (let row = Math.max(0, top); row < bottom; row++) {
            for (let column = Math.max(0, left); column < right; column++) {
              const index =
                ((n * inHeight + row) * inWidth + column) * inChannels + c;
              if (at < 0 || x[index]! > largest) {
                largest = x[index]!;
                at = index;
              }
            }
          }
          dx[at]! += dy[output]!;
        }
      }
    }
  }
}
