import * as tf from "@tensorflow/tfjs-core";
import {
  type Convolution,
  type Perceptual,
  type PerceptualLayer,
  perceptualBlock,
  perceptualBlocks,
  perceptualLayers,
  perceptualTaps,
  type Taps,
} from "../networks/perceptual.ts";
import { Parameters } from "./parameters.ts";
import type { Random } from "./random.ts";

/**
 * Distils P: a student of random start learns to give the teacher's taps (Hinton et al. 2015; FitNets, Romero et al.
 * 2015). Teacher and student are compared with every channel of every tap divided by the teacher's deviation in it, so
 * that all weigh alike; since ReLU is positively homogeneous these divisors fold into the weights and out again exactly.
 */

/** The layers whose outputs are taps. */
const tapLayers = perceptualBlocks.map((layers) => layers[layers.length - 1]!);

/** Deviation of each channel of each tap over a batch, never below a hundredth of its tap's mean deviation. */
export function tapDeviations(p: Perceptual, x: tf.Tensor4D): tf.Tensor1D[] {
  return tf.tidy(() =>
    perceptualTaps(p, x).map((tap) => {
      const deviation = tf.sqrt(tf.moments(tap, [0, 1, 2]).variance);
      return tf.maximum<tf.Tensor1D>(
        deviation as tf.Tensor1D,
        tf.mul(tf.mean(deviation), 0.01),
      );
    }),
  );
}

/**
 * The same network with the channels of tap i multiplied by `factors[i]`, and divided again where the next layer reads
 * them, so that no other activation changes.
 * @returns new tensors
 */
export function scaleTaps(
  p: Perceptual,
  factors: readonly tf.Tensor1D[],
): Perceptual {
  const scaled = new Map<PerceptualLayer, Convolution>();
  let before: tf.Tensor1D | null = null;
  for (const { name, inputs } of perceptualLayers) {
    const { filter, bias } = p.get(name)!;
    const after: tf.Tensor1D | null = factors[tapLayers.indexOf(name)] ?? null;
    const divisor: tf.Tensor1D | null = before;
    scaled.set(
      name,
      tf.tidy(() => {
        const read =
          divisor === null
            ? filter.clone()
            : tf.div(filter, tf.reshape(divisor, [1, 1, inputs, 1]));
        return {
          filter: (after === null ? read : tf.mul(read, after)) as tf.Tensor4D,
          bias: (after === null
            ? bias.clone()
            : tf.mul(bias, after)) as tf.Tensor1D,
        };
      }) as Convolution,
    );
    before = after;
  }
  return scaled;
}

/** Random weights, N(0, 2 / fan-in) (He et al. 2015), named `conv1_1.filter`, `conv1_1.bias` and so on. */
export function randomStudent(random: Random): Parameters {
  const initial = perceptualLayers.flatMap(({ name, inputs, outputs }) => {
    const deviation = Math.sqrt(2 / (9 * inputs));
    const values = Float32Array.from(
      { length: 9 * inputs * outputs },
      () => deviation * random.normal(),
    );
    return [
      [`${name}.filter`, tf.tensor(values, [3, 3, inputs, outputs])],
      [`${name}.bias`, tf.zeros([outputs])],
    ] as const;
  });
  const parameters = new Parameters(initial);
  tf.dispose(initial.map(([, tensor]) => tensor));
  return parameters;
}

/** Named tensors, the student's variables or an average of them, as a network. */
export function studentFrom(
  tensors: ReadonlyMap<string, tf.Tensor>,
): Perceptual {
  return new Map(
    perceptualLayers.map(({ name }) => [
      name,
      {
        filter: tensors.get(`${name}.filter`) as tf.Tensor4D,
        bias: tensors.get(`${name}.bias`) as tf.Tensor1D,
      },
    ]),
  );
}

/**
 * Mean squared error per tap, [4]. Both networks are scaled to unit deviation.
 * @param blockWise each block of the student reads the teacher's tap before it, which is learnt far quicker than the
 *   whole; otherwise its own
 */
export function distillationLoss(
  student: Perceptual,
  target: Taps,
  x: tf.Tensor4D,
  blockWise: boolean,
): tf.Tensor1D {
  const taps = blockWise
    ? [x, target[0], target[1], target[2]].map((input, block) =>
        perceptualBlock(student, block, input),
      )
    : perceptualTaps(student, x);
  return tf.stack(
    taps.map((tap, i) => tf.mean(tf.squaredDifference(tap, target[i]!))),
  ) as tf.Tensor1D;
}

/** Mean over the channels of the correlation of student and teacher, per tap; channels silent in the teacher are left out. */
export function tapCorrelations(student: Taps, teacher: Taps): number[] {
  return student.map((tap, i) =>
    tf.tidy(() => {
      const centred = (t: tf.Tensor4D) => tf.sub(t, tf.mean(t, [0, 1, 2]));
      const a = centred(tap);
      const b = centred(teacher[i]!);
      const sum = (t: tf.Tensor) => tf.sum(t, [0, 1, 2]);
      const alive = tf.greater(sum(tf.square(b)), 1e-6);
      const norms = tf.mul(
        tf.sqrt(sum(tf.square(a))),
        tf.sqrt(sum(tf.square(b))),
      );
      const correlation = tf.div(sum(tf.mul(a, b)), tf.add(norms, 1e-12));
      const count = tf.sum(tf.cast(alive, "float32"));
      const kept = tf.where(alive, correlation, tf.zerosLike(correlation));
      return tf.div(tf.sum(kept), count).dataSync()[0]!;
    }),
  );
}
