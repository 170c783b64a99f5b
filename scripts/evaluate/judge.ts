import type * as tf from "@tensorflow/tfjs-core";
import type { Raster } from "../../common/raster.ts";
import { edgeAgreement } from "./edges.ts";
import { contentDistance, type Evaluator, meanStyle } from "./evaluator.ts";
import { nearestDistances, samplePatches } from "./patches.ts";
import { patchQuantiles, slicedWasserstein } from "./sliced-wasserstein.ts";
import { structuralSimilarity } from "./structural-similarity.ts";

/** How many patches look for a neighbour, and among how many. */
const queries = 400;
const pool = 6000;

/** What results are compared with: the mean of some drawings. */
export interface Target {
  /** Per evaluator. */
  readonly styles: readonly Float32Array[];
  readonly quantiles: Float32Array;
  readonly patches: tf.Tensor2D;
  readonly patchPool: tf.Tensor2D;
}

/** Lower is better, but for `structure`, `edges` and `own`. */
export interface Scores {
  /** Distance from the drawings' mean, per evaluator. */
  readonly style: Record<string, number>;
  /** Sliced Wasserstein distance of patches, in steps of L*. */
  readonly patches: number;
  /** Distance of the result's patches from the nearest of the drawings', and the other way, in steps of L*. */
  readonly strange: number;
  readonly missing: number;
  /** Distance from the photograph, per evaluator. */
  readonly content: Record<string, number>;
  /** Structural similarity with the photograph in grey. */
  readonly structure: number;
  /** F1 of edges. */
  readonly edges: number;
  /** 1 where the nearest of all sets is the right one, 0 where it is another; null without other sets. */
  readonly own: number | null;
}

export async function targetOf(
  evaluators: readonly Evaluator[],
  drawings: readonly Raster[],
): Promise<Target> {
  const styles: Float32Array[][] = evaluators.map(() => []);
  const quantiles: Float32Array[] = [];
  for (const drawing of drawings) {
    for (const [i, evaluator] of evaluators.entries()) {
      styles[i]!.push((await evaluator.look(drawing)).style);
    }
    quantiles.push(await patchQuantiles(drawing));
  }
  return {
    styles: styles.map(meanStyle),
    quantiles: meanStyle(quantiles),
    patches: samplePatches(drawings, queries),
    patchPool: samplePatches(drawings, pool),
  };
}

export function disposeTarget({ patches, patchPool }: Target): void {
  patches.dispose();
  patchPool.dispose();
}

/** A style that a result could be taken for: the first evaluator's mean over a set of drawings. */
export interface KnownSet {
  readonly name: string;
  readonly style: Float32Array;
}

/**
 * @param photo what `result` was made of, of the same size
 * @param photoContent per evaluator
 * @param sets styles among which the result has to find its own, `set`
 * @returns besides the scores the result's style, per evaluator
 */
export async function judge(
  evaluators: readonly Evaluator[],
  target: Target,
  photo: Raster,
  photoContent: readonly Float32Array[],
  result: Raster,
  { sets, set }: { sets: readonly KnownSet[]; set: string },
): Promise<{ scores: Scores; styles: Float32Array[] }> {
  const styles: Float32Array[] = [];
  const style: Record<string, number> = {};
  const content: Record<string, number> = {};
  let own: number | null = null;
  for (const [i, evaluator] of evaluators.entries()) {
    const look = await evaluator.look(result);
    styles.push(look.style);
    style[evaluator.name] = evaluator.styleDistance(
      look.style,
      target.styles[i]!,
    );
    content[evaluator.name] = contentDistance(look.content, photoContent[i]!);
    if (i === 0 && sets.length > 1 && sets.some(({ name }) => name === set)) {
      own = nearestSet(evaluator, sets, look.style) === set ? 1 : 0;
    }
  }
  const patches = samplePatches([result], queries);
  const patchPool = samplePatches([result], pool);
  const strange = mean(await nearestDistances(patches, target.patchPool));
  const missing = mean(await nearestDistances(target.patches, patchPool));
  patches.dispose();
  patchPool.dispose();
  const scores = {
    style,
    patches: slicedWasserstein(await patchQuantiles(result), target.quantiles),
    strange: 100 * strange,
    missing: 100 * missing,
    content,
    structure: structuralSimilarity(photo, result),
    edges: await edgeAgreement(photo, result),
    own,
  };
  return { scores, styles };
}

function nearestSet(
  evaluator: Evaluator,
  sets: readonly KnownSet[],
  style: Float32Array,
): string {
  const distances = sets.map((set) =>
    evaluator.styleDistance(style, set.style),
  );
  return sets[distances.indexOf(Math.min(...distances))]!.name;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
