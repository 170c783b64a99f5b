import * as tf from "@tensorflow/tfjs-core";
import { conditionalInstanceNorm } from "../networks/conditional-instance-norm.ts";
import { reflectPad } from "../networks/reflect-pad.ts";

/** Largest difference from the stored numbers that a backend of 32-bit floats may have. */
const tolerance = 1e-4;

/**
 * What the probe's calculation gives in double precision: PyTorch 2, convolution of a 7x7 picture over reflected edges
 * with stride 2, conditional instance normalisation, ReLU, nearest x2, sigmoid; gradients of its inner product with a
 * wave. `scripts/make-probe-numbers.py` prints them.
 */
const expected = {
  convolution: [
    -3.655911, -3.910271, -3.815338, -3.379593, -0.390769, 0.275083, 0.916362,
    1.475785, 1.397317, 1.338711, 1.160522, 0.878667, 0.122497, -1.271832,
    -2.552553, -3.605262,
  ],
  picture: [
    0.5, 0.5, 0.5, 0.5, 0.56791, 0.537302, 0.602953, 0.743599, 0.664618, 0.5,
    0.5, 0.5, 0.755852, 0.585506, 0.530325, 0.662072, 0.5, 0.5, 0.5, 0.615035,
    0.940263, 0.86162, 0.719722, 0.733692, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5,
    0.641776, 0.938699, 0.775745, 0.55688, 0.612594,
  ],
  filterGradient: [
    0.121036, 0.023171, -0.047482, -0.055023, 0.065559, 0.015371, -0.061693,
    -0.054351, -0.020751, 0.000342, -0.04689, -0.028117, -0.087299, -0.017779,
    -0.017882, 0.010033,
  ],
  pictureGradient: [
    -0.004528, 0.003277, 0.006903, 0.016649, 0.02126, -0.001242, -0.019064,
    -0.024955, 0.000978, -0.024683, 0.032936, 0.048552, 0.029216, -0.040273,
    -0.058403, -0.046575,
  ],
};

/**
 * Runs a small piece of a generator on the current backend and compares it with stored numbers.
 * @returns null, or what is wrong, for the sentence "… gave wrong numbers (…)"
 */
export async function probeForward(): Promise<string | null> {
  return attempt(async () => {
    const [convolution, picture] = tf.tidy(() => {
      const { x, filter } = inputs();
      return [
        convolve(x, filter),
        tf.stridedSlice(
          generate(x, filter),
          [0, 0, 0, 0],
          [1, 8, 8, 4],
          [1, 3, 3, 1],
        ),
      ];
    });
    return (
      (await deviation("convolution", convolution, expected.convolution)) ??
      (await deviation("normalisation", picture, expected.picture))
    );
  });
}

/**
 * The same for gradients: a backend that lacks one, or has a wrong one, cannot train.
 * @returns null, or what is wrong
 */
export async function probeGradient(): Promise<string | null> {
  return attempt(async () => {
    const [pictureGradient, filterGradient] = tf.tidy(() => {
      const { x, filter } = inputs();
      return tf.grads((a: tf.Tensor, b: tf.Tensor) => {
        const y = generate(a as tf.Tensor4D, b as tf.Tensor4D);
        return tf.sum(tf.mul(y, wave(y.shape, 0.9)));
      })([x, filter]);
    });
    return (
      (await deviation(
        "picture gradient",
        pictureGradient,
        expected.pictureGradient,
      )) ??
      (await deviation(
        "filter gradient",
        filterGradient,
        expected.filterGradient,
      ))
    );
  });
}

function inputs() {
  return {
    x: wave([1, 7, 7, 3], 0.7) as tf.Tensor4D,
    filter: wave([3, 3, 3, 4], 0.3) as tf.Tensor4D,
  };
}

function convolve(x: tf.Tensor4D, filter: tf.Tensor4D): tf.Tensor4D {
  return tf.conv2d(reflectPad(x, 1), filter, 2, "valid");
}

function generate(x: tf.Tensor4D, filter: tf.Tensor4D): tf.Tensor4D {
  const y = convolve(x, filter);
  const scale = tf.add<tf.Tensor4D>(1, tf.mul(0.5, wave([1, 1, 1, 4], 1.1)));
  const shift = tf.mul<tf.Tensor4D>(0.5, wave([1, 1, 1, 4], 1.9));
  const activated = tf.relu(conditionalInstanceNorm(y, scale, shift));
  return tf.sigmoid(tf.image.resizeNearestNeighbor(activated, [8, 8]));
}

/** sin(frequency), sin(2·frequency) … in the given shape. */
function wave(shape: number[], frequency: number): tf.Tensor {
  const values = Float32Array.from(
    { length: shape.reduce((product, side) => product * side, 1) },
    (_, index) => Math.sin((index + 1) * frequency),
  );
  return tf.tensor(values, shape);
}

/** Compares a tensor's first numbers with what they should be, and disposes of it. */
async function deviation(
  name: string,
  tensor: tf.Tensor | undefined,
  wanted: number[],
): Promise<string | null> {
  const values = await tensor!.data();
  tensor!.dispose();
  const largest = Math.max(
    ...wanted.map((value, index) => Math.abs(values[index]! - value)),
  );
  // Written so that NaN fails.
  return largest <= tolerance
    ? null
    : `${name} is off by ${largest.toPrecision(2)}`;
}

async function attempt(
  probe: () => Promise<string | null>,
): Promise<string | null> {
  try {
    return await probe();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
