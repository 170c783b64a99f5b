import * as tf from "@tensorflow/tfjs-core";
import type { Raster } from "../../common/raster.ts";
import type { Evaluator, Look } from "./evaluator.ts";
import { gaborMagnitudes, orientations } from "./gabor.ts";
import { labFrom } from "./lab.ts";
import { planesOf, pyramid } from "./pyramid.ts";
import { quantiles } from "./quantiles.ts";
import { standardised } from "./standardised.ts";

const scales = 4;
const shares = 9;
/** Added to magnitudes before their logarithm is taken: half a step of L*. */
const floor = 0.005;
/** Directions in CIELAB in which colours are counted: the axes and the diagonals of the hues. */
const directions = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
  [0, Math.SQRT1_2, Math.SQRT1_2],
  [0, Math.SQRT1_2, -Math.SQRT1_2],
] as const;

const pairs = (orientations * (orientations - 1)) / 2;
/**
 * The groups of the style's numbers. Differences within one are taken as a root mean square and divided by `typical`,
 * the mean of that between held-out drawings of different hands (docs/models/evaluation.md).
 */
const groups = [
  { name: "strokes", count: 2 * scales * orientations, typical: 0.58 },
  {
    name: "structure",
    count: scales * pairs + (scales - 1) * orientations,
    typical: 0.22,
  },
  {
    name: "hatching of colours",
    count: 4 * scales * orientations,
    typical: 0.66,
  },
  { name: "colours", count: directions.length * shares, typical: 0.18 },
] as const;

/**
 * An evaluator that nothing has trained: oriented waves at four scales in CIELAB. Style is, after Portilla and Simoncelli
 * (2000), mean and deviation of their magnitudes, correlations between orientations and between scales, and besides the
 * distribution of colours. Content is where which orientation lies, at the two middle scales of lightness.
 */
export const classical: Evaluator = {
  name: "classical",
  look,
  styleDistance(a, b) {
    return (
      groupDifferences(a, b).reduce(
        (sum, difference, i) => sum + difference / groups[i]!.typical,
        0,
      ) / groups.length
    );
  },
};

/** Root mean square difference within each group of numbers. */
export function groupDifferences(a: Float32Array, b: Float32Array): number[] {
  let begin = 0;
  return groups.map(({ count }) => {
    let sum = 0;
    for (let i = begin; i < begin + count; i++) sum += (a[i]! - b[i]!) ** 2;
    begin += count;
    return Math.sqrt(sum / count);
  });
}

async function look(picture: Raster): Promise<Look> {
  const lab = labFrom(picture);
  const magnitudes = tf.tidy(() =>
    pyramid(planesOf(lab), scales).map(gaborMagnitudes),
  );
  const [energies, correlations] = tf.tidy(() => [
    magnitudes.map(logMoments),
    [
      ...magnitudes.map((m) => orientationCorrelations(lightness(m))),
      ...magnitudes
        .slice(1)
        .map((m, i) =>
          scaleCorrelations(lightness(magnitudes[i]!), lightness(m)),
        ),
    ],
  ]);
  const content = tf.tidy(() => {
    const pooled = tf.avgPool(lightness(magnitudes[1]!), 4, 4, "valid");
    const coarse = tf.avgPool(lightness(magnitudes[2]!), 2, 2, "valid");
    const [, height, width] = pooled.shape;
    return tf.concat(
      [pooled, tf.image.resizeBilinear(coarse, [height, width])],
      3,
    );
  }) as tf.Tensor4D;
  const [strokes, hatching]: [number[], number[]] = [[], []];
  for (const energy of energies as tf.Tensor2D[]) {
    const [l = [], a = [], b = []] = await energy.array();
    strokes.push(...l);
    hatching.push(...a, ...b);
  }
  const structure: number[] = [];
  for (const correlation of correlations as tf.Tensor1D[]) {
    structure.push(...(await correlation.data()));
  }
  const style = Float32Array.from([
    ...strokes,
    ...structure,
    ...hatching,
    ...colours((await lab.data()) as Float32Array),
  ]);
  const where = await standardised(content);
  tf.dispose([lab, magnitudes, energies, correlations, content]);
  return { style, content: where };
}

/** [1, h, w, 6] of [3, h, w, 6]. */
function lightness(magnitudes: tf.Tensor4D): tf.Tensor4D {
  return tf.slice(magnitudes, 0, 1);
}

/** Logarithms of mean and deviation, [planes, 12]. */
function logMoments(magnitudes: tf.Tensor4D): tf.Tensor2D {
  const { mean, variance } = tf.moments(magnitudes, [1, 2]);
  return tf.log(
    tf.add(tf.concat([mean, tf.sqrt(variance)], 1), floor),
  ) as tf.Tensor2D;
}

/** Between each two orientations of one scale, [15]. */
function orientationCorrelations(m: tf.Tensor4D): tf.Tensor1D {
  const z = columns(m);
  const matrix = tf.reshape(tf.matMul(z, z, true), [-1]);
  const upper = Array.from({ length: orientations ** 2 }, (_, i) => i).filter(
    (i) => i % orientations > Math.floor(i / orientations),
  );
  return tf.gather(matrix, upper) as tf.Tensor1D;
}

/** Of each orientation with itself one scale coarser, [6]. */
function scaleCorrelations(
  fine: tf.Tensor4D,
  coarse: tf.Tensor4D,
): tf.Tensor1D {
  const halved = tf.avgPool(fine, 2, 2, "same");
  return tf.sum(tf.mul(columns(halved), columns(coarse)), 0);
}

/** [1, h, w, 6] as columns of mean 0 and length 1. An even plane has no correlation with anything. */
function columns(m: tf.Tensor4D): tf.Tensor2D {
  const flat = tf.reshape(m, [-1, orientations]);
  const centred = tf.sub(flat, tf.mean(flat, 0));
  const length = tf.sqrt(tf.sum(tf.square(centred), 0));
  return tf.div(centred, tf.add(length, 1e-3)) as tf.Tensor2D;
}

function colours(lab: Float32Array): number[] {
  const projected = new Float32Array(lab.length / 3);
  return directions.flatMap(([l, a, b]) => {
    for (let i = 0; i < projected.length; i++) {
      projected[i] =
        l * lab[3 * i]! + a * lab[3 * i + 1]! + b * lab[3 * i + 2]!;
    }
    return quantiles(projected, shares);
  });
}
