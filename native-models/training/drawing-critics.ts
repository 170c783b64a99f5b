import * as tf from "@tensorflow/tfjs-core";
import { adversarialLosses } from "../losses/adversarial.ts";
import type { Taps } from "../networks/perceptual.ts";
import type { AdamSettings } from "./adam.ts";
import { augment, drawAugmentations } from "./diff-augment.ts";
import { DrawingDiscriminator } from "./drawing-discriminator.ts";
import { FeatureDiscriminator } from "./feature-discriminator.ts";
import type { Random } from "./random.ts";
import type { Descend } from "./recipe.ts";

/** Pictures of a batch, [batch, side, side, 3] in 0..1, and P's taps of them. */
interface Pictures {
  readonly x: tf.Tensor4D;
  readonly taps: Taps;
}

/** Of G's losses, once the critics have had some steps to learn what they are to tell apart. */
const weights = { strokes: 0.5, features: 2 };
const warmUp = 100;
const { generator, discriminator } = adversarialLosses["least-squares"];

/** Those whom the recipe "personal" has to convince that G's pictures are drawings, by their strokes and by P's taps. */
export class DrawingCritics {
  readonly #strokes: DrawingDiscriminator;
  readonly #features: FeatureDiscriminator;

  constructor(seed: number, settings: AdamSettings) {
    this.#strokes = new DrawingDiscriminator(seed, settings);
    this.#features = new FeatureDiscriminator(seed, settings);
  }

  get networks() {
    return {
      strokes: this.#strokes.network,
      features: this.#features.network,
    };
  }

  /**
   * What G minimises.
   * @param random draws how the pictures are augmented; before the gradient is taken
   * @returns the loss of pictures of that size and number
   */
  convinced(
    [count, height, width]: readonly number[],
    random: Random,
  ): (painted: Pictures) => tf.Scalar {
    const transforms = drawAugmentations(count!, height!, width!, random);
    const share = Math.min(1, this.#strokes.network.adam.step / warmUp);
    return ({ x, taps }) => {
      const strokes = generator(this.#strokes.logits(augment(x, transforms)));
      const features = this.#features.logits(taps).map(generator);
      return tf.mul(
        share,
        tf.add(
          tf.mul(weights.strokes, strokes),
          tf.mul(weights.features, tf.addN(features)),
        ),
      );
    };
  }

  /**
   * The critics' own turns.
   * @param smoothed drawings without their edges, which are no drawings either
   */
  learn(
    descend: Descend,
    drawn: Pictures,
    painted: Pictures,
    smoothed: tf.Tensor4D,
    random: Random,
  ): void {
    this.#strokes.follow();
    this.#features.follow();
    const kinds = [drawn.x, painted.x, smoothed];
    const counts = kinds.map(({ shape }) => shape[0]);
    const all = tf.concat(kinds);
    const [count, height, width] = all.shape;
    const transforms = drawAugmentations(count, height, width, random);
    descend("strokes", () => {
      const logits = this.#strokes.logits(augment(all, transforms));
      const [real, ...fakes] = tf.split<tf.Tensor4D>(logits, counts);
      return { strokes: discriminator(real!, ...fakes) };
    });
    descend("features", () => {
      const fakes = this.#features.logits(painted.taps);
      const losses = this.#features
        .logits(drawn.taps)
        .map((real, head) => discriminator(real, fakes[head]!));
      return { features: tf.addN(losses) as tf.Scalar };
    });
  }

  dispose(): void {
    this.#strokes.dispose();
    this.#features.dispose();
  }
}
