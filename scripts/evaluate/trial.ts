import type { Raster } from "../../common/raster.ts";
import type { Candidate } from "./candidates.ts";
import type { Evaluator } from "./evaluator.ts";
import {
  judge,
  type KnownSet,
  mean,
  type Scores,
  type Target,
} from "./judge.ts";
import type { NamedPicture } from "./picture-files.ts";

/** Photographs that candidates give one style to. */
export interface Trial {
  /** The folder of the drawings. */
  readonly set: string;
  readonly target: Target;
  readonly photos: readonly NamedPicture[];
  readonly candidates: readonly Candidate[];
}

export interface Judged {
  readonly candidate: string;
  readonly set: string;
  readonly photo: string;
  readonly scores: Scores;
}

export interface Painted {
  readonly judged: Judged;
  readonly result: Raster;
  /** The result's style, per evaluator. */
  readonly styles: readonly Float32Array[];
}

/** Paints and judges every photograph by every candidate, each photograph's results in turn. */
export async function* runTrial(
  evaluators: readonly Evaluator[],
  { set, target, photos, candidates }: Trial,
  sets: readonly KnownSet[],
): AsyncGenerator<Painted[]> {
  for (const [index, photo] of photos.entries()) {
    const content: Float32Array[] = [];
    for (const evaluator of evaluators) {
      content.push((await evaluator.look(photo.raster)).content);
    }
    const painted: Painted[] = [];
    for (const candidate of candidates) {
      const result = await candidate.paint(photo, index);
      const { scores, styles } = await judge(
        evaluators,
        target,
        photo.raster,
        content,
        result,
        { sets, set },
      );
      painted.push({
        judged: { candidate: candidate.name, set, photo: photo.file, scores },
        result,
        styles,
      });
    }
    yield painted;
  }
}

export interface Summary {
  readonly candidate: string;
  readonly count: number;
  readonly mean: Scores;
  /** The set with the largest style distance by the first evaluator, and that distance. */
  readonly worst: { readonly set: string; readonly style: number };
}

/** Means by candidate, in the order in which they first appear. */
export function summarise(judged: readonly Judged[]): Summary[] {
  const names = [...new Set(judged.map(({ candidate }) => candidate))];
  return names.map((candidate) => {
    const own = judged.filter((entry) => entry.candidate === candidate);
    const bySet = [...new Set(own.map(({ set }) => set))].map((set) => ({
      set,
      style: mean(
        own
          .filter((entry) => entry.set === set)
          .map(({ scores }) => Object.values(scores.style)[0]!),
      ),
    }));
    return {
      candidate,
      count: own.length,
      mean: meanScores(own.map(({ scores }) => scores)),
      worst: bySet.reduce((worst, next) =>
        next.style > worst.style ? next : worst,
      ),
    };
  });
}

function meanScores(scores: readonly Scores[]): Scores {
  const over = (value: (entry: Scores) => number) => mean(scores.map(value));
  const named = (value: (entry: Scores) => Record<string, number>) =>
    Object.fromEntries(
      Object.keys(value(scores[0]!)).map((name) => [
        name,
        over((entry) => value(entry)[name]!),
      ]),
    );
  const known = scores.flatMap(({ own }) => (own === null ? [] : [own]));
  return {
    style: named(({ style }) => style),
    patches: over(({ patches }) => patches),
    strange: over(({ strange }) => strange),
    missing: over(({ missing }) => missing),
    content: named(({ content }) => content),
    structure: over(({ structure }) => structure),
    edges: over(({ edges }) => edges),
    own: known.length === 0 ? null : mean(known),
  };
}
