import * as tf from "@tensorflow/tfjs-core";
import { meanStyle, type Style, styleFrom } from "../losses/gram-style.ts";
import { type Perceptual, perceptualTaps } from "../networks/perceptual.ts";
import {
  encodeStyle,
  type StyleEncoder,
  statisticsFrom,
} from "../networks/style-encoder.ts";
import { momentsOf } from "../networks/tap-moments.ts";
import { drawCrops } from "./crops.ts";
import type { Picture } from "./picture.ts";
import type { Random } from "./random.ts";

/** What a folder of drawings has in common. */
export interface StyleBank {
  /** Mean Gram matrices and moments, one row. */
  readonly style: Style;
  /** Mean of the vectors that S predicts, [1840]; null without S. */
  readonly vector: tf.Tensor1D | null;
}

const cropsAtOnce = 8;

/**
 * Measures a folder over random crops: at least 64, at most 256, four of each drawing between.
 * @param side of the crops, as in the training that follows
 */
export function measureStyle(
  p: Perceptual,
  s: StyleEncoder | null,
  drawings: readonly Picture[],
  side: number,
  random: Random,
): StyleBank {
  const crops = Math.min(256, Math.max(64, 4 * drawings.length));
  const rounds = Math.ceil(crops / cropsAtOnce);
  const banks: StyleBank[] = [];
  for (let i = 0; i < rounds; i++) {
    banks.push(measureCrops(p, s, drawings, side, random));
  }
  const bank = {
    style: banks[0]!.style.map((_, l) => ({
      gram: mean(banks.map(({ style }) => style[l]!.gram)),
      moments: mean(banks.map(({ style }) => style[l]!.moments)),
    })),
    vector: s === null ? null : mean(banks.map(({ vector }) => vector!)),
  };
  banks.forEach(disposeBank);
  return bank;
}

export function disposeBank({ style, vector }: StyleBank): void {
  for (const { gram, moments } of style) tf.dispose([gram, moments]);
  vector?.dispose();
}

function measureCrops(
  p: Perceptual,
  s: StyleEncoder | null,
  drawings: readonly Picture[],
  side: number,
  random: Random,
): StyleBank {
  const made = tf.tidy((): tf.Tensor[] => {
    const x = drawCrops(drawings, cropsAtOnce, side, null, random);
    const moments = perceptualTaps(p, x).map(momentsOf);
    const style = meanStyle(styleFrom(moments));
    return [
      ...style.flatMap(({ gram, moments }) => [gram, moments]),
      ...(s === null
        ? []
        : [tf.mean(encodeStyle(s, statisticsFrom(moments)), 0)]),
    ];
  });
  return {
    style: [0, 1, 2, 3].map((l) => ({
      gram: made[2 * l] as tf.Tensor3D,
      moments: made[2 * l + 1] as tf.Tensor2D,
    })),
    vector: (made[8] as tf.Tensor1D | undefined) ?? null,
  };
}

function mean<T extends tf.Tensor>(tensors: readonly T[]): T {
  return tf.tidy(() => tf.div<T>(tf.addN([...tensors]), tensors.length));
}
