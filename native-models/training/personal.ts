import * as tf from "@tensorflow/tfjs-core";
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
import { MovingAverage } from "./moving-average.ts";
import type { Parameters } from "./parameters.ts";
import {
  contentPictures,
  type PersonalInput,
  runName,
  startingPoint,
} from "./personal-start.ts";
import { pictureFrom } from "./picture.ts";
import { Random } from "./random.ts";
import type { Recipe } from "./recipe.ts";
import { holdThenFall } from "./schedule.ts";
import { disposeBank } from "./style-bank.ts";

interface Batch {
  /** Content x, [batch, side, side, 3]. */
  readonly x: tf.Tensor4D;
  readonly contentTaps: Taps;
  /** One of the drawings, [1, side, side, 3]. */
  readonly drawing: tf.Tensor4D;
}

const warmUp = 20;
const toneWeight = 4;
const identityWeight = 1;
const checkerboardWeight = 100;

// A type, not an interface: tf.tidy hands back plain objects of such types only.
type PersonalJudgement = { score: number; content: number; style: number };

/**
 * Recipe "personal": a style from an unpaired folder of drawings. Stage 0 starts from the base model and the mean of the
 * vectors that S predicts for the drawings (or from random weights); then the vector and G are tuned together so that
 * G's pictures keep their content and have the drawings' mean statistics. Adam (β 0.5, 0.99).
 * @param tuned what is tuned: the vector and G, or the vector alone, which then fits the base model's G
 * @throws Failure "damaged" where a weights file lacks a tensor
 */
export function createPersonalRecipe(
  input: PersonalInput,
  tuned: "all" | "vector" = "all",
): Recipe<Batch> {
  const { settings } = input;
  const { batch, crop: side } = settings;
  const p = perceptualFrom(readSafetensors(input.perceptual));
  const drawings = input.drawings.map(pictureFrom);
  const photos = contentPictures(input, drawings);
  const { parameters, bank, rates } = startingPoint(input, p, drawings);
  const random = Random.seeded(settings.seed ^ 0x70a2);
  const curve = tf.tidy(() =>
    toneCurve(
      drawCrops(photos, 48, side, null, random),
      drawCrops(drawings, 48, side, null, random),
    ),
  );
  const judged = drawCrops(photos, 8, side, null, random);
  const adam = new Adam(parameters, {
    beta1: 0.5,
    beta2: 0.99,
    epsilon: 1e-8,
    clip: 5,
    rateOf: (name) => {
      if (name === styleVectorName) return rates.vector;
      return tuned === "all" ? 1 : 0;
    },
  });
  const average = new MovingAverage(parameters, 0.99);
  const g = generatorOf((name) => parameters.variable(name));
  const vector = parameters.variable(styleVectorName) as unknown as tf.Tensor1D;
  const before = judge();

  /** G and vector of a flat parameter vector, in 0..1. */
  function stylise(flat: tf.Tensor1D, x: tf.Tensor4D): tf.Tensor4D {
    const named = parameters.split(flat);
    const averaged = generatorOf((name) => named.get(name)!);
    return generate(averaged, x, named.get(styleVectorName) as tf.Tensor1D);
  }

  /** Content and style error, unweighted, of the averaged weights on crops that were set aside. */
  function judge(): PersonalJudgement {
    return tf.tidy((): PersonalJudgement => {
      const taps = perceptualTaps(p, stylise(average.value, judged));
      const content = contentLoss(taps, perceptualTaps(p, judged));
      const style = gramStyleLoss(styleOf(taps), bank.style);
      const [c, s] = [content.dataSync()[0]!, style.dataSync()[0]!];
      const { contentWeight, styleWeight } = settings;
      return {
        score: contentWeight * c + styleWeight * s,
        content: c,
        style: s,
      };
    });
  }

  /** Loss terms of one batch. */
  function losses({
    x,
    contentTaps,
    drawing,
  }: Batch): Record<string, tf.Scalar> {
    const y = generate(g, tf.concat([x, drawing]), vector);
    const result = tf.slice(y, [0, 0, 0, 0], [batch, side, side, 3]);
    const repeated = tf.slice(y, [batch, 0, 0, 0], [1, side, side, 3]);
    const taps = perceptualTaps(p, result);
    const weighted = (weight: number, loss: tf.Scalar) =>
      tf.mul<tf.Scalar>(weight, loss);
    return {
      content: weighted(settings.contentWeight, contentLoss(taps, contentTaps)),
      style: weighted(
        settings.styleWeight,
        gramStyleLoss(styleOf(taps), bank.style),
      ),
      tone: weighted(toneWeight, toneLoss(result, x, curve)),
      identity: weighted(identityWeight, identityLoss(repeated, drawing)),
      variation: weighted(
        settings.totalVariationWeight,
        totalVariation(result),
      ),
      checkerboard: weighted(checkerboardWeight, checkerboardLoss(result, x)),
    };
  }

  return {
    run: runName(input),
    networks: { style: { parameters, adam, average } },
    rate: (step, steps) =>
      rates.generator *
      holdThenFall(step, steps ?? Number.POSITIVE_INFINITY, warmUp),
    draw(random) {
      const x = drawCrops(photos, batch, side, null, random);
      const drawing = drawCrops(drawings, 1, side, null, random);
      return { x, contentTaps: perceptualTaps(p, x), drawing };
    },
    step(drawn, descend) {
      descend("style", () => losses(drawn));
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
      judged.dispose();
      parameters.dispose();
      adam.dispose();
      average.dispose();
    },
  };
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
