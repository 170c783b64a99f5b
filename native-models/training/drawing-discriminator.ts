import * as tf from "@tensorflow/tfjs-core";
import { Failure } from "../../common/failure.ts";
import {
  powerIteration,
  spectrallyNormalised,
  startingVector,
} from "../networks/spectral-norm.ts";
import { storeTensor } from "../networks/stored-weights.ts";
import { Adam } from "./adam.ts";
import type { TrainedNetwork } from "./checkpoint.ts";
import { Parameters } from "./parameters.ts";
import { Random } from "./random.ts";
import type { Memory } from "./recipe.ts";

/** Size, stride, inputs and outputs of each convolution; each logit sees 22 x 22 pixels. */
const layers = [
  [4, 2, 3, 24],
  [4, 2, 24, 48],
  [3, 1, 48, 96],
  [3, 1, 96, 1],
] as const;
const slope = 0.2;

/** D of the recipe "personal", with all that its training remembers. */
export interface DrawingDiscriminator {
  readonly network: TrainedNetwork;
  readonly memory: Memory;
  /** How much each patch looks drawn by the artist: [batch, h, w, 3] to logits [batch, h/4, w/4, 1]. */
  logits(x: tf.Tensor4D): tf.Tensor4D;
  /** Follows the layers' singular vectors; once in each of D's steps. */
  follow(): void;
  dispose(): void;
}

/**
 * A PatchGAN (Isola et al. 2017, section 3.2.2) made small, spectrally normalised (Miyato et al. 2018): it sees strokes
 * and hatching, not what is drawn, and can be trained on a few drawings.
 * @param rate its learning rate as a multiple of the generator's
 */
export function createDrawingDiscriminator(
  seed: number,
  rate: number,
): DrawingDiscriminator {
  const random = Random.seeded(seed);
  const initial = layers.flatMap(([size, , inputs, outputs], l) => {
    const deviation = Math.sqrt(2 / (size * size * inputs));
    const values = Float32Array.from(
      { length: size * size * inputs * outputs },
      () => deviation * random.normal(),
    );
    return [
      [`${l}.weight`, tf.tensor(values, [size, size, inputs, outputs])],
      [`${l}.bias`, tf.zeros([outputs])],
    ] as const;
  });
  const parameters = new Parameters(initial);
  tf.dispose(initial.map(([, tensor]) => tensor));
  const adam = new Adam(parameters, {
    beta1: 0.5,
    beta2: 0.99,
    epsilon: 1e-8,
    clip: 5,
    rateOf: () => rate,
  });
  const vectors = layers.map(([, , , outputs]) =>
    tf.tidy(() => tf.variable(startingVector(outputs, random), false)),
  );
  const filterOf = (l: number) =>
    parameters.variable(`${l}.weight`) as unknown as tf.Tensor4D;
  const follow = () =>
    tf.tidy(() => {
      vectors.forEach((u, l) => {
        u.assign(powerIteration(filterOf(l), u as tf.Tensor1D));
      });
    });
  for (let i = 0; i < 15; i++) follow();
  return {
    network: { parameters, adam, average: null },
    memory: memoryOf(vectors),
    follow,
    logits: (x) =>
      tf.tidy(() =>
        layers.reduce((h, [, stride], l) => {
          const filter = spectrallyNormalised(
            filterOf(l),
            vectors[l] as tf.Tensor1D,
          );
          const bias = parameters.variable(`${l}.bias`);
          const y = tf.add<tf.Tensor4D>(
            tf.conv2d(h, filter, stride, "same"),
            bias,
          );
          return l < layers.length - 1 ? tf.leakyRelu(y, slope) : y;
        }, x),
      ),
    dispose() {
      parameters.dispose();
      adam.dispose();
      tf.dispose(vectors);
    },
  };
}

/** The singular vectors as part of a checkpoint. */
function memoryOf(vectors: readonly tf.Variable[]): Memory {
  const nameOf = (l: number) => `discriminator.u${l}`;
  return {
    entries: () =>
      Promise.all(
        vectors.map(async (u, l) => [nameOf(l), await storeTensor(u)] as const),
      ).then((entries) => entries.map(([name, tensor]) => [name, tensor])),
    restore(tensors) {
      vectors.forEach((u, l) => {
        const stored = tensors.get(nameOf(l))?.data;
        if (!(stored instanceof Float32Array) || stored.length !== u.size) {
          throw new Failure(
            "damaged",
            `The checkpoint is damaged: it has no complete ${nameOf(l)}.`,
            { hint: "Start the training anew." },
          );
        }
        tf.tidy(() => u.assign(tf.tensor1d(stored)));
      });
    },
  };
}
