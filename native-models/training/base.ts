import * as tf from "@tensorflow/tfjs-core";
import { checkerboardLoss } from "../losses/checkerboard.ts";
import { contentLoss } from "../losses/content.ts";
import {
  gramStyleLoss,
  type Style,
  styleFrom,
  styleOf,
} from "../losses/gram-style.ts";
import { identityLoss } from "../losses/identity.ts";
import { totalVariation } from "../losses/total-variation.ts";
import { generate } from "../networks/generator.ts";
import {
  disposeGenerator,
  generatorFrom,
  generatorOf,
  namedTensors,
  storedGenerator,
} from "../networks/generator-weights.ts";
import {
  type Perceptual,
  perceptualTaps,
  type Taps,
} from "../networks/perceptual.ts";
import {
  disposeStyleEncoder,
  encodeStyle,
  namedEncoderTensors,
  neutralVector,
  type StyleEncoder,
  statisticsFrom,
  storedStyleEncoder,
  styleEncoderFrom,
  styleEncoderOf,
  styleStatistics,
} from "../networks/style-encoder.ts";
import { momentsOf } from "../networks/tap-moments.ts";
import { type Safetensors, writeSafetensors } from "../weights/safetensors.ts";
import { Adam } from "./adam.ts";
import { jitterColours } from "./colour-jitter.ts";
import { cropSamples, drawCrops } from "./crops.ts";
import { MovingAverage } from "./moving-average.ts";
import { Parameters } from "./parameters.ts";
import type { Picture } from "./picture.ts";
import type { Random } from "./random.ts";
import type { Recipe } from "./recipe.ts";
import { holdThenFall } from "./schedule.ts";

export interface BaseInput {
  readonly batch: number;
  /** Side of the crops in pixels. */
  readonly crop: number;
  readonly rate: number;
  /** Stays the caller's. */
  readonly perceptual: Perceptual;
  /** Weights of G and S to set out from. */
  readonly start: Safetensors;
  readonly photos: readonly Picture[];
  readonly styles: readonly Picture[];
}

interface Batch {
  readonly x: tf.Tensor4D;
  readonly contentTaps: Taps;
  /** What S reads of the styles, [batch, 480]. */
  readonly statistics: tf.Tensor2D;
  readonly style: Style;
  /** Whether the styles are the pictures themselves. */
  readonly identity: boolean;
}

const styleWeight = 5;
const variationWeight = 0.5;
const checkerboardWeight = 100;
const identityShare = 0.1;
const identityWeight = 10;
/** Pictures of each batch that are asked back at strength 0. */
const plainCount = 1;
const photoRange = { smallest: 0.5, largest: 1 };
const styleRange = { smallest: 0.4, largest: 1 };
const styleJitter = {
  permute: 0.5,
  brightness: 0.3,
  contrast: 0,
  shift: 0.075,
  noise: 0,
};

/**
 * Recipe "base": G and S together, so that S's vector for any picture makes G give its look to any other (Ghiasi et al.
 * 2017, with the losses of `losses/`). Every step also asks for a picture at strength 0, which makes what lies between it and
 * a style a path; one in ten has each picture as its own style and asks for the pictures back.
 */
export function createBaseRecipe(input: BaseInput): Recipe<Batch> {
  const { batch, crop: side, perceptual: p } = input;
  const parameters = startingParameters(input.start);
  const { mu, sd, ...rest } = styleEncoderFrom(input.start);
  tf.dispose(rest.layers.flatMap(({ weight, bias }) => [weight, bias]));
  const adam = new Adam(parameters, {
    beta1: 0.9,
    beta2: 0.99,
    epsilon: 1e-8,
    clip: 5,
  });
  const average = new MovingAverage(parameters, 0.995);
  const g = generatorOf((name) => parameters.variable(name));
  const s = styleEncoderOf((name) => parameters.variable(name), mu, sd);
  const neutral = neutralVector();

  /** Loss terms of one batch. */
  function losses(drawn: Batch): Record<string, tf.Scalar> {
    const weighted = (weight: number, loss: tf.Scalar) =>
      tf.mul<tf.Scalar>(weight, loss);
    const { x, contentTaps, statistics, style, identity } = drawn;
    const y = generate(g, x, encodeStyle(s, statistics));
    const some = tf.slice(x, [0, 0, 0, 0], [plainCount, side, side, 3]);
    const taps = perceptualTaps(p, y);
    return {
      content: contentLoss(taps, contentTaps),
      style: weighted(styleWeight, gramStyleLoss(styleOf(taps), style)),
      variation: weighted(identity ? 0 : variationWeight, totalVariation(y)),
      checkerboard: weighted(checkerboardWeight, checkerboardLoss(y, x)),
      identity: identity
        ? weighted(identityWeight, identityLoss(y, x))
        : tf.scalar(0),
      plain: weighted(
        identityWeight,
        identityLoss(generate(g, some, neutral, 0), some),
      ),
    };
  }

  return {
    run: `base-${batch}x${side}-${input.rate}-${input.photos.length}-${input.styles.length}`,
    networks: { base: { parameters, adam, average } },
    rate: (step, steps) =>
      input.rate *
      holdThenFall(step, steps ?? Number.POSITIVE_INFINITY, 50, 0.5),
    draw(random) {
      const x = drawCrops(input.photos, batch, side, photoRange, random);
      const contentTaps = perceptualTaps(p, x);
      const identity = random.chance(identityShare);
      const taps = identity
        ? contentTaps
        : perceptualTaps(p, drawStyles(input.styles, batch, side, random));
      const moments = taps.map(momentsOf);
      return {
        x,
        contentTaps,
        statistics: statisticsFrom(moments),
        style: styleFrom(moments),
        identity,
      };
    },
    step(drawn, descend) {
      descend("base", () => losses(drawn));
    },
    /** The picture in its own style, which should be the picture. */
    sample: (picture) =>
      tf.tidy(() => {
        const named = parameters.split(average.value);
        const encoder = styleEncoderOf((name) => named.get(name)!, mu, sd);
        const taps = perceptualTaps(p, picture);
        return generate(
          generatorOf((name) => named.get(name)!),
          picture,
          encodeStyle(encoder, styleStatistics(taps)),
        );
      }),
    result: async () => ({
      weights: await storeBase(parameters, average.value, mu, sd),
      scores: {},
    }),
    dispose() {
      tf.dispose([mu, sd, neutral]);
      parameters.dispose();
      adam.dispose();
      average.dispose();
    },
  };
}

function startingParameters(start: Safetensors): Parameters {
  const g = generatorFrom(start, "The base model");
  const s = styleEncoderFrom(start);
  const parameters = new Parameters([
    ...namedTensors(g),
    ...namedEncoderTensors(s),
  ]);
  disposeGenerator(g);
  disposeStyleEncoder(s);
  return parameters;
}

/** Crops of drawings whose colours are shifted and change places, so that S meets more palettes than there are. */
function drawStyles(
  styles: readonly Picture[],
  count: number,
  side: number,
  random: Random,
): tf.Tensor4D {
  const samples = cropSamples(styles, count, side, styleRange, random);
  const pixels = side * side;
  for (let i = 0; i < count; i++) {
    jitterColours(samples, 3 * i * pixels, pixels, styleJitter, random);
  }
  return tf.tensor4d(samples, [count, side, side, 3]);
}

async function storeBase(
  parameters: Parameters,
  flat: tf.Tensor1D,
  mu: tf.Tensor1D,
  sd: tf.Tensor1D,
): Promise<Uint8Array<ArrayBuffer>> {
  const named = tf.tidy(() => Object.fromEntries(parameters.split(flat)));
  const g = generatorOf((name) => named[name]!);
  const s: StyleEncoder = styleEncoderOf((name) => named[name]!, mu, sd);
  const file = writeSafetensors([
    ...(await storedGenerator(g)),
    ...(await storedStyleEncoder(s)),
  ]);
  tf.dispose(named);
  return file;
}
