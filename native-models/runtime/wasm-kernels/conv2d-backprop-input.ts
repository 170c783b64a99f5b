import * as tf from "@tensorflow/tfjs-core";
import { interleave } from "./interleave.ts";

/**
 * The gradient of a convolution to its picture, which is also `tf.conv2dTranspose`. The WebAssembly backend's own goes
 * from pixel to pixel; by a convolution it is many times quicker.
 *
 * With a stride of s, pixel s·q + r of the padded picture meets only the elements s·k + r of the filter:
 * dx[s·q + r] = Σₖ dy[q − k] · w[s·k + r]. So all r together are channels of one convolution of dy, which are then laid
 * side by side.
 */
export const conv2dBackpropInput: tf.KernelConfig = {
  kernelName: tf.Conv2DBackpropInput,
  backendName: "wasm",
  kernelFunc({ inputs, attrs }) {
    const dy = inputs.dy as tf.Tensor4D;
    const filter = inputs.filter as tf.Tensor4D;
    const { strides, pad, dataFormat, dimRoundingMode, inputShape } =
      attrs as unknown as tf.Conv2DBackpropInputAttrs;
    const { padInfo, strideHeight, strideWidth } =
      tf.backend_util.computeConv2DInfo(
        inputShape,
        filter.shape,
        strides,
        1,
        pad,
        dimRoundingMode,
        false,
        tf.backend_util.convertConv2DDataFormat(dataFormat),
      );
    return tf.tidy(() => {
      const byRemainder = splitFilter(filter, strideHeight, strideWidth);
      const [rows, columns] = byRemainder.shape;
      const around = tf.pad(dy, [
        [0, 0],
        [rows - 1, rows - 1],
        [columns - 1, columns - 1],
        [0, 0],
      ]);
      const y = tf.conv2d(around, byRemainder, 1, "valid");
      const padded = interleave(y, strideHeight, strideWidth);
      return cutOut(padded, padInfo.top, padInfo.left, inputShape);
    });
  },
};

/**
 * Sorts a filter's elements by what remains when their place is divided by the stride, and turns it by half a turn.
 * @param filter [h, w, inputs, outputs]
 * @returns [⌈h/rows⌉, ⌈w/columns⌉, outputs, rows·columns·inputs] for strides `rows` and `columns`
 */
function splitFilter(
  filter: tf.Tensor4D,
  rows: number,
  columns: number,
): tf.Tensor4D {
  const [height, width, inputs, outputs] = filter.shape;
  const h = Math.ceil(height / rows);
  const w = Math.ceil(width / columns);
  const whole = tf.pad(filter, [
    [0, h * rows - height],
    [0, w * columns - width],
    [0, 0],
    [0, 0],
  ]);
  const split = tf.reshape(whole, [h, rows, w, columns, inputs, outputs]);
  const sorted = tf.transpose(split, [0, 2, 5, 1, 3, 4]);
  return tf.reverse(
    tf.reshape(sorted, [h, w, outputs, rows * columns * inputs]) as tf.Tensor4D,
    [0, 1],
  );
}

/** Takes the padding off; what no window reached becomes zero. */
function cutOut(
  x: tf.Tensor4D,
  top: number,
  left: number,
  [batch, height, width, channels]: [number, number, number, number],
): tf.Tensor4D {
  const reachedHeight = Math.min(height, x.shape[1] - top);
  const reachedWidth = Math.min(width, x.shape[2] - left);
  const reached = tf.slice(
    x,
    [0, top, left, 0],
    [batch, reachedHeight, reachedWidth, channels],
  );
  return tf.pad(reached, [
    [0, 0],
    [0, height - reachedHeight],
    [0, width - reachedWidth],
    [0, 0],
  ]);
}
