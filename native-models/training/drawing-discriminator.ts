import * as tf from "@tensorflow/tfjs-core";
import {
  type Discriminator,
  discriminate,
  discriminatorTensors,
  followSingularVectors,
  spectral,
} from "../networks/discriminator.ts";
import type { AdamSettings } from "./adam.ts";
import type { TrainedNetwork } from "./checkpoint.ts";
import { criticNetwork, disposeGanNetwork } from "./gan-network.ts";
import { Random } from "./random.ts";

/**
 * D, a PatchGAN (Isola et al. 2017) that sees strokes and hatching, not what is drawn: each logit looks at 22 x 22 pixels.
 */
const discriminator: Discriminator = [
  { size: 4, stride: 2, outputs: 24, ...spectral },
  { size: 4, stride: 2, outputs: 48, ...spectral },
  { size: 3, stride: 1, outputs: 96, ...spectral },
  { size: 3, stride: 1, outputs: 1, ...spectral, activation: "none" },
];
/** D of the recipe "personal" with its optimiser. */
export class DrawingDiscriminator {
  readonly network: TrainedNetwork;

  constructor(seed: number, settings: AdamSettings) {
    const initial = discriminatorTensors(discriminator, Random.seeded(seed));
    this.network = criticNetwork(initial, settings);
  }

  /** @param x pictures in 0..1 */
  logits(x: tf.Tensor4D): tf.Tensor4D {
    const { parameters } = this.network;
    return tf.tidy(() =>
      discriminate(
        discriminator,
        (name) => parameters.variable(name),
        tf.sub<tf.Tensor4D>(tf.mul(x, 2), 1),
      ),
    );
  }

  /** Follows the filters' singular vectors; once in each of D's steps. */
  follow(): void {
    followSingularVectors(discriminator, this.network.parameters);
  }

  dispose(): void {
    disposeGanNetwork(this.network);
  }
}
