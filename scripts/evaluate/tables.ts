import type { BaseReport } from "./evaluate-base.ts";
import type { StyleReport } from "./evaluate-styles.ts";
import type { Summary } from "./trial.ts";

/** How much nearer to the style a training has to come than the base does at once. */
const wantedRatio = 0.8;
/** By how much content may differ and still count as no worse. */
const contentTolerance = 0.02;

export function baseTable({ summary, pairs, properties }: BaseReport): string {
  const { identity, strength, mixing } = properties;
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  const steps = (distances: readonly number[]) =>
    distances.map((distance) => distance.toFixed(3)).join(" ");
  return [
    `The instant style on ${pairs} pairs of an unseen photograph and an unseen drawing`,
    summaryTable(summary),
    "",
    `Strength 0 against the photograph: ${identity.mean.toFixed(1)} dB, at least ${identity.least.toFixed(1)} dB`,
    `Strength 0 to 1 comes nearer to the style: ${steps(strength.distances)}; without a step back on ${percent(strength.share)} of ${strength.paths} paths`,
    `A mix comes nearer to its second style: ${steps(mixing.distances)}; without a step back on ${percent(mixing.share)} of ${mixing.paths} paths`,
  ].join("\n");
}

/** Instant against personal, a row for each folder, then all scores of each. */
export function styleTables(reports: readonly StyleReport[]): string {
  const names = Object.keys(reports[0]!.summary[0]!.mean.style);
  return [
    ...names.map((name) => comparison(reports, name)),
    ...reports.flatMap((report) => [
      notesOf(report),
      summaryTable(report.summary),
      "",
    ]),
  ].join("\n");
}

function comparison(
  reports: readonly StyleReport[],
  evaluator: string,
): string {
  const header = [
    "folder",
    "style instant",
    "personal",
    "ratio",
    "content instant",
    "personal",
    "ratio",
    "20 % nearer, content kept",
  ];
  const rows = reports.map(({ drawings, summary }) => {
    const { style, content } = comparisonOf(summary, evaluator);
    const passed =
      style.ratio <= wantedRatio && content.ratio <= 1 + contentTolerance;
    return [
      drawings.split(/[\\/]/).pop()!,
      style.instant.toFixed(3),
      style.personal.toFixed(3),
      style.ratio.toFixed(2),
      content.instant.toFixed(3),
      content.personal.toFixed(3),
      content.ratio.toFixed(2),
      passed ? "yes" : "no",
    ];
  });
  return `Instant and personal under ${evaluator} (distances: lower is better)\n${layOut([header, ...rows])}\n`;
}

interface Compared {
  readonly instant: number;
  readonly personal: number;
  /** Personal over instant. */
  readonly ratio: number;
}

/** What the trained style's distances are beside the instant one's. */
export function comparisonOf(
  summary: readonly Summary[],
  evaluator: string,
): { style: Compared; content: Compared } {
  const of = (name: string) =>
    summary.find(({ candidate }) => candidate === name)!.mean;
  const compare = (kind: "style" | "content") => {
    const instant = of("instant")[kind][evaluator]!;
    const personal = of("personal")[kind][evaluator]!;
    return { instant, personal, ratio: personal / instant };
  };
  return { style: compare("style"), content: compare("content") };
}

function notesOf({
  style,
  drawings,
  photos,
  trainedOn,
  heldOut,
  memorisation,
}: StyleReport): string {
  const notes = [
    `“${style}” on ${photos} photographs against ${heldOut} held-out drawings of ${drawings}`,
    `Nearness to training drawings: ${memorisation === null ? "not known" : memorisation.toFixed(2)} of the held-out drawings' distance`,
  ];
  if (trainedOn > 0) {
    notes.push(
      `NOT A FAIR TEST: the style was trained on ${trainedOn} of the ${heldOut} held-out drawings`,
    );
  }
  return notes.join("\n");
}

function summaryTable(summary: readonly Summary[]): string {
  const names = Object.keys(summary[0]!.mean.style);
  const header = [
    "",
    ...names.map((name) => `style ${name}`),
    "worst set",
    "patches",
    "strange",
    "missing",
    "own set",
    ...names.map((name) => `content ${name}`),
    "SSIM",
    "edges",
  ];
  const rows = summary.map(({ candidate, mean, worst }) => [
    candidate,
    ...names.map((name) => mean.style[name]!.toFixed(3)),
    worst.style.toFixed(3),
    mean.patches.toFixed(2),
    mean.strange.toFixed(2),
    mean.missing.toFixed(2),
    mean.own === null ? "-" : `${Math.round(100 * mean.own)} %`,
    ...names.map((name) => mean.content[name]!.toFixed(3)),
    mean.structure.toFixed(3),
    mean.edges.toFixed(3),
  ]);
  return layOut([header, ...rows]);
}

/** Columns as wide as their widest cell, the first to the left and the others to the right. */
export function layOut(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) =>
    Math.max(...rows.map((row) => row[column]!.length)),
  );
  return rows
    .map((row) =>
      row
        .map((text, column) =>
          column === 0
            ? text.padEnd(widths[column]!)
            : text.padStart(widths[column]!),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
