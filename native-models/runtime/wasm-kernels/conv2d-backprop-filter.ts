import * as tf from "@tensorflow/tfjs-core";

/**
 * The gradient of a convolution to its filter, which the WebAssembly backend lacks.
 *
 * dW[i, j, c, o] = Σ x[n, s·p + i, s·q + j, c] · dy[n, p, q, o] is itself a convolution: of x with its channels for a
 * batch and its batch for channels, by dy as a filter whose elements lie the stride apart.
 */
export const conv2dBackpropFilter: tf.KernelConfig = {
  kernelName: tf.Conv2DBackpropFilter,
  backendName: "wasm",
  kernelFunc({ inputs, attrs }) {
    const x = inputs.x as tf.Tensor4D;
    const dy = inputs.dy as tf.Tensor4D;
    const { strides, pad, dataFormat, dimRoundingMode, filterShape } =
      attrs as unknown as tf.Conv2DBackpropFilterAttrs;
    const { padInfo, strideHeight, strideWidth } =
      tf.backend_util.computeConv2DInfo(
        x.shape,
        filterShape,
        strides,
        1,
        pad,
        dimRoundingMode,
        false,
        tf.backend_util.convertConv2DDataFormat(dataFormat),
      );
    const [height, width, channels, outputs] = filterShape;
    return tf.tidy(() => {
      const picture = tf.pad(tf.transpose(x, [3, 1, 2, 0]), [
        [0, 0],
        [padInfo.top, padInfo.bottom],
        [padInfo.left, padInfo.right],
        [0, 0],
      ]);
      const y = tf.conv2d(
        picture as tf.Tensor4D,
        tf.transpose(dy, [1, 2, 0, 3]),
        1,
        "valid",
        "NHWC",
        [strideHeight, strideWidth],
      );
      // Rows and columns of x that no window reached make for more places than the filter has.
      const own = tf.slice(y, [0, 0, 0, 0], [channels, height, width, outputs]);
      return tf.transpose(own, [1, 2, 0, 3]);
    });
  },
};
