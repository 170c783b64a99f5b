import type { PerceptualScores } from "./prove-perceptual.ts";
import { layOut } from "./tables.ts";

export interface Figure {
  readonly name: string;
  readonly value: number;
  /** The least that it may be. */
  readonly least: number;
  readonly passed: boolean;
}

const taps = [
  ["relu1_1", 0.95],
  ["relu2_1", 0.95],
  ["relu3_1", 0.95],
  ["relu4_1", 0.9],
] as const;
/** Points of retrieval that P may be behind its teacher, and has to be ahead of random weights. */
const behind = 0.02;
const ahead = 0.1;

/** What P has to reach before anything is trained with it. */
export function perceptualFigures({
  correlation,
  styleRetrieval: { student, teacher, random },
}: PerceptualScores): Figure[] {
  const figure = (name: string, value: number, least: number): Figure => ({
    name,
    value,
    least,
    passed: value >= least,
  });
  return [
    ...taps.map(([name, least], i) =>
      figure(`correlation ${name}`, correlation[i]!, least),
    ),
    figure(
      "style retrieval, teacher's less 2 points",
      student,
      teacher - behind,
    ),
    figure(
      "style retrieval, random weights' and 10 points",
      student,
      random + ahead,
    ),
  ];
}

export function perceptualTable(figures: readonly Figure[]): string {
  return layOut([
    ["P against its teacher", "is", "at least", ""],
    ...figures.map(({ name, value, least, passed }) => [
      name,
      value.toFixed(4),
      least.toFixed(4),
      passed ? "pass" : "FAIL",
    ]),
  ]);
}
