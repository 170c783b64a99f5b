import * as tf from "@tensorflow/tfjs-core";

/**
 * `tf.matMul`. The WebAssembly backend's own keeps what it prepared for the numbers of b and takes it up again where
 * they come back in another shape, with a wrong product; for batches and transposed factors it is slow besides. Here
 * each product is a convolution by a filter of 1x1.
 */
export const batchMatMul: tf.KernelConfig = {
  kernelName: tf.BatchMatMul,
  backendName: "wasm",
  kernelFunc({ inputs, attrs }) {
    const { transposeA, transposeB } = attrs as unknown as tf.BatchMatMulAttrs;
    return tf.tidy(() => {
      const a = upright(inputs.a as tf.Tensor, transposeA);
      const b = upright(inputs.b as tf.Tensor, transposeB);
      const batches = tf.broadcast_util.assertAndGetBroadcastShape(
        a.shape.slice(0, -2),
        b.shape.slice(0, -2),
      );
      const as = matrices(a, batches);
      const bs = matrices(b, batches);
      const products = as.map((matrix, i) => product(matrix, bs[i]!));
      return tf.reshape(tf.concat(products), [
        ...batches,
        a.shape.at(-2)!,
        b.shape.at(-1)!,
      ]);
    });
  },
};

function upright(x: tf.Tensor, transposed: boolean): tf.Tensor {
  if (!transposed) return x;
  const axes = x.shape.map((_, axis) => axis);
  return tf.transpose(x, [...axes.slice(0, -2), axes.at(-1)!, axes.at(-2)!]);
}

/** The matrices of a tensor, with those repeated that serve several of `batches`. */
function matrices(x: tf.Tensor, batches: number[]): tf.Tensor2D[] {
  const [rows, columns] = x.shape.slice(-2);
  const whole: tf.Tensor = tf.broadcastTo(x, [...batches, rows!, columns!]);
  const count = tf.util.sizeFromShape(batches);
  return tf.split<tf.Tensor2D>(
    tf.reshape(whole, [count * rows!, columns!]) as tf.Tensor2D,
    count,
  );
}

/** a [m, k] times b [k, n]. */
function product(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  const [m, k] = a.shape;
  const n = b.shape[1];
  const y = tf.conv2d<tf.Tensor4D>(
    tf.reshape(a, [1, m, 1, k]),
    tf.reshape(b, [1, 1, k, n]),
    1,
    "valid",
  );
  return tf.reshape(y, [m, n]);
}
