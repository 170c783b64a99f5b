import type * as tf from "@tensorflow/tfjs-core";
import {
  type Discriminator,
  discriminate,
  discriminatorTensors,
  followSingularVectors,
  spectral,
} from "../networks/discriminator.ts";
import { type Taps, tapChannels } from "../networks/perceptual.ts";
import type { AdamSettings } from "./adam.ts";
import type { TrainedNetwork } from "./checkpoint.ts";
import { criticNetwork, disposeGanNetwork } from "./gan-network.ts";
import { Random } from "./random.ts";

const head: Discriminator = [
  { size: 3, stride: 1, outputs: 64, ...spectral },
  { size: 3, stride: 1, outputs: 1, ...spectral, activation: "none" },
];
/** relu2_1, relu3_1 and relu4_1; what relu1_1 sees, a discriminator of strokes sees as well. */
const judgedTaps = [1, 2, 3] as const;
/**
 * Discriminators that look at P's taps instead of pictures (Sauer et al. 2021, "Projected GANs converge faster", without
 * their random mixing), one small head for each of the last three. They hold G to all that drawings have in common at
 * the scale of things, where mean statistics say little, and agree on it within a few hundred steps.
 */
export class FeatureDiscriminator {
  readonly network: TrainedNetwork;

  constructor(seed: number, settings: AdamSettings) {
    const random = Random.seeded(seed);
    const initial = judgedTaps.flatMap((tap) =>
      discriminatorTensors(head, random, prefixOf(tap), tapChannels[tap]),
    );
    this.network = criticNetwork(initial, settings);
  }

  /**
   * @param taps P's, of a batch of pictures
   * @returns logits of each head, [batch, h, w, 1] with the tap's height and width
   */
  logits(taps: Taps): tf.Tensor4D[] {
    const { parameters } = this.network;
    return judgedTaps.map((tap) =>
      discriminate(
        head,
        (name) => parameters.variable(prefixOf(tap) + name),
        taps[tap],
      ),
    );
  }

  /** Follows the filters' singular vectors; once in each of the discriminators' steps. */
  follow(): void {
    for (const tap of judgedTaps) {
      followSingularVectors(head, this.network.parameters, prefixOf(tap));
    }
  }

  dispose(): void {
    disposeGanNetwork(this.network);
  }
}

function prefixOf(tap: number): string {
  return `relu${tap + 1}_1.`;
}
