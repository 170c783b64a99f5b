import * as tf from "@tensorflow/tfjs-core";
import { checkerboardLoss } from "../losses/checkerboard.ts";
import { normalisedContentLoss } from "../losses/content.ts";
import {
  gramStyleLoss,
  meanStyle,
  type Style,
  styleOf,
} from "../losses/gram-style.ts";
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
import { DrawingCritics } from "./drawing-critics.ts";
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
import { styleDistance } from "./style-distance.ts";

interface Batch {
  /** Content x, [batch, side, side, 3]. */
  readonly x: tf.Tensor4D;
  readonly contentTaps: Taps;
  /** Drawings, [batch, side, side, 3], or a single one where no more are needed. */
  readonly drawn: tf.Tensor4D;
  /** Null where no critic looks at them. */
  readonly drawnTaps: Taps | null;
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
/** Of the style of each picture, and of a batch's pictures together. */
const styleShares = { each: 0.3, together: 2 };
// A type, not an interface: tf.tidy hands back plain objects of such types only.
type PersonalJudgement = { score: number; content: number; style: number };

/**
 * Recipe "personal": a style from an unpaired folder of drawings. Stage 0 starts from the base model and the mean of the
 * vectors that S predicts for the drawings (or from random weights); then vector and G are tuned together so that G's
 * pictures keep their content, have together the drawings' mean statistics, and pass for drawings with critics of strokes
 * and of features. Adam (β 0.5, 0.99). The run is judged on a fifth of the photos, which is set aside, and against the
 * whole folder, of whose drawings a fifth is set aside too.
 * @param tuned what is tuned: the vector and G, or the vector alone and without discriminators, which then fits the base
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
  // Those set aside alone differ from the rest by more than a training changes.
  const folder = [...drawings, ...unseen.drawings];
  const judgedBank = measureStyle(p, null, folder, side, random);
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
  const critics =
    tuned === "all" ? new DrawingCritics(settings.seed, adamSettings) : null;
  const before = judge();

  /** G and vector of a flat parameter vector, in 0..1. */
  function stylise(flat: tf.Tensor1D, x: tf.Tensor4D): tf.Tensor4D {
    const named = parameters.split(flat);
    const averaged = generatorOf((name) => named.get(name)!);
    return generate(averaged, x, named.get(styleVectorName) as tf.Tensor1D);
  }

  /** Content and style error of the averaged weights, on photos that were set aside and against the whole folder. */
  function judge(): PersonalJudgement {
    return tf.tidy((): PersonalJudgement => {
      const taps = perceptualTaps(p, stylise(average.value, judged));
      const content = normalisedContentLoss(taps, perceptualTaps(p, judged));
      const style = styleDistance(meanStyle(styleOf(taps)), judgedBank.style);
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
   * @param taps P's taps of y
   * @param repeated G's picture of the first drawing
   * @param extra the extra losses that were drawn for it
   */
  function generatorLosses(
    { x, contentTaps, drawn }: Batch,
    y: tf.Tensor4D,
    taps: Taps,
    repeated: tf.Tensor4D,
    extra: ReturnType<typeof drawExtraLosses>,
  ): Record<string, tf.Scalar> {
    const { contentWeight, styleWeight, totalVariationWeight } = settings;
    return {
      content: weighted(
        contentWeight,
        normalisedContentLoss(taps, contentTaps),
      ),
      style: weighted(styleWeight, folderStyleLoss(taps, bank.style)),
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
      ...critics?.networks,
    },
    rate: (step, steps) =>
      rates.generator *
      holdThenFall(step, steps ?? Number.POSITIVE_INFINITY, warmUp),
    draw(random) {
      const x = drawCrops(photos, batch, side, null, random);
      const half = Math.ceil(batch / 2);
      const needed = critics !== null || extraLosses.patches ? batch : 1;
      const drawn = drawCrops(drawings, needed, side, null, random);
      return {
        x,
        contentTaps: perceptualTaps(p, x),
        drawn,
        drawnTaps: critics && perceptualTaps(p, drawn),
        smoothed: drawCrops(smoothed, critics ? half : 1, side, null, random),
      };
    },
    step(drawn, descend, random) {
      const convinced = critics?.convinced(drawn.x.shape, random);
      const extra = drawExtraLosses(extraLosses, drawn, random);
      let painted: { x: tf.Tensor4D; taps: Taps } | undefined;
      descend("style", () => {
        const both = tf.concat([drawn.x, first(drawn.drawn, 1)]);
        const [y, repeated] = tf.split<tf.Tensor4D>(generate(g, both, vector), [
          batch,
          1,
        ]);
        const taps = perceptualTaps(p, y!);
        const terms = generatorLosses(drawn, y!, taps, repeated!, extra);
        if (convinced === undefined) return terms;
        painted = { x: tf.keep(y!), taps: keepTaps(taps) };
        return { ...terms, adversarial: convinced(painted) };
      });
      const taps = drawn.drawnTaps;
      if (critics === null || taps === null || painted === undefined) return;
      const fake = painted;
      const real = { x: drawn.drawn, taps };
      critics.learn(descend, real, fake, drawn.smoothed, random);
      tf.dispose([fake.x, ...fake.taps]);
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
      critics?.dispose();
    },
  };
}

/**
 * Distance from a folder's mean statistics. They are a mean over drawings that differ, so little of it is asked of each
 * picture, and most of the pictures of a batch together.
 */
function folderStyleLoss(taps: Taps, target: Style): tf.Scalar {
  const style = styleOf(taps);
  return tf.add(
    tf.mul(styleShares.each, gramStyleLoss(style, target)),
    tf.mul(styleShares.together, gramStyleLoss(meanStyle(style), target)),
  );
}

/** Kept taps are the caller's to dispose of. */
function keepTaps([first, second, third, fourth]: Taps): Taps {
  return [tf.keep(first), tf.keep(second), tf.keep(third), tf.keep(fourth)];
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
