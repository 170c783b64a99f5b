import * as tf from "@tensorflow/tfjs-core";
import { adversarialLosses } from "../losses/adversarial.ts";
import { checkerboardLoss } from "../losses/checkerboard.ts";
import { contentLoss } from "../losses/content.ts";
import { gramStyleLoss, styleOf } from "../losses/gram-style.ts";
import { identityLoss } from "../losses/identity.ts";
import { toneCurve, toneLoss } from "../losses/tone.ts";
import { totalVariation } from "../losses/total-variation.ts";
import { generate } from "../networks/generator.ts";
import {
  generatorOf,
  storedGenerator,
  styleVectorName,
} from "../networks/generator-weights.ts";
import {
  disposePerceptual,
  perceptualFrom,
  perceptualTaps,
  type Taps,
} from "../networks/perceptual.ts";
import { storeTensor } from "../networks/stored-weights.ts";
import { readSafetensors, writeSafetensors } from "../weights/safetensors.ts";
import { Adam } from "./adam.ts";
import { drawCrops } from "./crops.ts";
import { augment, drawAugmentations } from "./diff-augment.ts";
import { DrawingDiscriminator } from "./drawing-discriminator.ts";
import { drawExtraLosses } from "./extra-losses.ts";
import { MovingAverage } from "./moving-average.ts";
import type { Parameters } from "./parameters.ts";
import { personalPictures } from "./personal-pictures.ts";
import {
  type PersonalInput,
  runName,
  startingPoint,
} from "./personal-start.ts";
import { Random } from "./random.ts";
import type { Recipe } from "./recipe.ts";
import { holdThenFall } from "./schedule.ts";
import { disposeBank, measureStyle } from "./style-bank.ts";

interface Batch {
  /** Content x, [batch, side, side, 3]. */
  readonly x: tf.Tensor4D;
  readonly contentTaps: Taps;
  /** Drawings, [batch, side, side, 3], or a single one where no more are needed. */
  readonly drawn: tf.Tensor4D;
  /** Drawings without their edges, [batch / 2, side, side, 3]. */
  readonly smoothed: tf.Tensor4D;
}

/** Crops of photos that the judge looks at. */
const judgedCrops = 12;
const adamSettings = { beta1: 0.5, beta2: 0.99, epsilon: 1e-8, clip: 5 };
const warmUp = 20;
const toneWeight = 4;
const identityWeight = 1;
const checkerboardWeight = 100;
/** Of G's adversarial loss, once D has had some steps to learn what it is to tell apart. */
const adversarialWeight = 0.5;
const adversarialWarmUp = 100;
const adversarial = adversarialLosses["least-squares"];
// A type, not an interface: tf.tidy hands back plain objects of such types only.
type PersonalJudgement = { score: number; content: number; style: number };

/**
 * Recipe "personal": a style from an unpaired folder of drawings. Stage 0 starts from the base model and the mean of the
 * vectors that S predicts for the drawings (or from random weights); then vector and G are tuned together so that G's
 * pictures keep their content, have the drawings' mean statistics, and pass for drawings with a discriminator that looks
 * at strokes. Adam (β 0.5, 0.99). A fifth of photos and drawings is set aside to judge by.
 * @param tuned what is tuned: the vector and G, or the vector alone and without discriminator, which then fits the base
 *   model's G
 * @throws Failure "damaged" where a weights file lacks a tensor
 */
export function createPersonalRecipe(
  input: PersonalInput,
  tuned: "all" | "vector" = "all",
): Recipe<Batch> {
  const { settings } = input;
  const { batch, crop: side, extraLosses = {} } = settings;
  const p = perceptualFrom(readSafetensors(input.perceptual));
  const { photos, drawings, smoothed, unseen } = personalPictures(input);
  const { parameters, bank, rates } = startingPoint(input, p, drawings);
  const random = Random.seeded(settings.seed ^ 0x70a2);
  const curve = tf.tidy(() =>
    toneCurve(
      drawCrops(photos, 48, side, null, random),
      drawCrops(drawings, 48, side, null, random),
    ),
  );
  const judged = drawCrops(unseen.photos, judgedCrops, side, null, random);
  const judgedBank = measureStyle(p, null, unseen.drawings, side, random);
  const adam = new Adam(parameters, {
    ...adamSettings,
    rateOf: (name) => {
      if (name === styleVectorName) return rates.vector;
      return tuned === "all" ? 1 : 0;
    },
  });
  const average = new MovingAverage(parameters, 0.99);
  const g = generatorOf((name) => parameters.variable(name));
  const vector = parameters.variable(styleVectorName) as unknown as tf.Tensor1D;
  const d =
    tuned === "all"
      ? new DrawingDiscriminator(settings.seed, adamSettings)
      : null;
  const before = judge();

  /** G and vector of a flat parameter vector, in 0..1. */
  function stylise(flat: tf.Tensor1D, x: tf.Tensor4D): tf.Tensor4D {
    const named = parameters.split(flat);
    const averaged = generatorOf((name) => named.get(name)!);
    return generate(averaged, x, named.get(styleVectorName) as tf.Tensor1D);
  }

  /** Content and style error of the averaged weights, on photos and against drawings that were set aside. */
  function judge(): PersonalJudgement {
    return tf.tidy((): PersonalJudgement => {
      const taps = perceptualTaps(p, stylise(average.value, judged));
      const content = contentLoss(taps, perceptualTaps(p, judged));
      const style = gramStyleLoss(styleOf(taps), judgedBank.style);
      const [c, s] = [content.dataSync()[0]!, style.dataSync()[0]!];
      const { contentWeight, styleWeight } = settings;
      return {
        score: contentWeight * c + styleWeight * s,
        content: c,
        style: s,
      };
    });
  }

  /**
   * G's loss terms for one batch.
   * @param y G's pictures of the content
   * @param repeated G's picture of the first drawing
   * @param extra the extra losses that were drawn for it
   */
  function generatorLosses(
    { x, contentTaps, drawn }: Batch,
    y: tf.Tensor4D,
    repeated: tf.Tensor4D,
    extra: ReturnType<typeof drawExtraLosses>,
  ): Record<string, tf.Scalar> {
    const taps = perceptualTaps(p, y);
    const { contentWeight, styleWeight, totalVariationWeight } = settings;
    return {
      content: weighted(contentWeight, contentLoss(taps, contentTaps)),
      style: weighted(styleWeight, gramStyleLoss(styleOf(taps), bank.style)),
      tone: weighted(toneWeight, toneLoss(y, x, curve)),
      identity: weighted(
        identityWeight,
        identityLoss(repeated, first(drawn, 1)),
      ),
      variation: weighted(totalVariationWeight, totalVariation(y)),
      checkerboard: weighted(checkerboardWeight, checkerboardLoss(y, x)),
      ...extra({ y, taps, paint: (x) => generate(g, x, vector) }),
    };
  }

  return {
    run: runName(input),
    networks: {
      style: { parameters, adam, average },
      ...(d === null ? {} : { discriminator: d.network }),
    },
    rate: (step, steps) =>
      rates.generator *
      holdThenFall(step, steps ?? Number.POSITIVE_INFINITY, warmUp),
    draw(random) {
      const x = drawCrops(photos, batch, side, null, random);
      const half = Math.ceil(batch / 2);
      const needed = d !== null || extraLosses.patches ? batch : 1;
      return {
        x,
        contentTaps: perceptualTaps(p, x),
        drawn: drawCrops(drawings, needed, side, null, random),
        smoothed: drawCrops(smoothed, d ? half : 1, side, null, random),
      };
    },
    step(drawn, descend, random) {
      const augmentations = (count: number) =>
        drawAugmentations(count, side, side, random);
      const transforms = augmentations(batch);
      const extra = drawExtraLosses(extraLosses, drawn, random);
      let painted: tf.Tensor4D | undefined;
      descend("style", () => {
        const both = tf.concat([drawn.x, first(drawn.drawn, 1)]);
        const [y, repeated] = tf.split<tf.Tensor4D>(generate(g, both, vector), [
          batch,
          1,
        ]);
        const terms = generatorLosses(drawn, y!, repeated!, extra);
        if (d === null) return terms;
        painted = tf.keep(y!);
        const share = Math.min(1, d.network.adam.step / adversarialWarmUp);
        const fooled = adversarial.generator(d.logits(augment(y!, transforms)));
        return {
          ...terms,
          adversarial: weighted(share * adversarialWeight, fooled),
        };
      });
      if (d === null || painted === undefined) return;
      const fake = painted;
      d.follow();
      const kinds = [drawn.drawn, fake, drawn.smoothed];
      const counts = kinds.map(({ shape }) => shape[0]);
      const all = tf.concat(kinds);
      const others = augmentations(all.shape[0]);
      descend("discriminator", () => {
        const logits = d.logits(augment(all, others));
        const [real, ...fakes] = tf.split<tf.Tensor4D>(logits, counts);
        return { discriminator: adversarial.discriminator(real!, ...fakes) };
      });
      fake.dispose();
    },
    judge,
    sample: (picture) => tf.tidy(() => stylise(average.value, picture)),
    async result() {
      const after = judge();
      return {
        weights: await storeStyle(parameters, average.value),
        scores: {
          content: after.content,
          style: after.style,
          styleAtStart: before.style,
        },
      };
    },
    dispose() {
      disposePerceptual(p);
      disposeBank(bank);
      disposeBank(judgedBank);
      judged.dispose();
      parameters.dispose();
      adam.dispose();
      average.dispose();
      d?.dispose();
    },
  };
}

function weighted(weight: number, loss: tf.Scalar): tf.Scalar {
  return tf.mul(weight, loss);
}

/** The first pictures of a batch. */
function first(x: tf.Tensor4D, count: number): tf.Tensor4D {
  const [, ...rest] = x.shape;
  return tf.slice(x, [0, 0, 0, 0], [count, ...rest]);
}

/** The style as a file of its own: G's tensors and the vector. */
async function storeStyle(
  parameters: Parameters,
  flat: tf.Tensor1D,
): Promise<Uint8Array<ArrayBuffer>> {
  const named = tf.tidy(() => Object.fromEntries(parameters.split(flat)));
  const g = generatorOf((name) => named[name]!);
  const vector = await storeTensor(named[styleVectorName]!);
  const file = writeSafetensors([
    ...(await storedGenerator(g)),
    [styleVectorName, vector],
  ]);
  tf.dispose(named);
  return file;
}
