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
  const rows = reports.map((report) => {
    const compared = compare(report, evaluator);
    const { each, together, content } = compared;
    return [
      report.drawings.split(/[\\/]/).pop()!,
      ...cells(each),
      each.drawing.toFixed(3),
      ...cells(together),
      together.drawing.toFixed(3),
      ...cells(content),
      verdict(compared),
    ];
  });
  return `Instant and personal under ${evaluator} (distances from the held-out drawings: lower is better)\n${layOut([comparisonHeader, ...rows])}\n`;
}

const comparisonHeader = [
  "",
  "each: instant",
  "personal",
  "ratio",
  "drawings",
  "together: instant",
  "personal",
  "ratio",
  "drawings",
  "content: instant",
  "personal",
  "ratio",
  "20 % nearer, content kept",
];

function cells({ instant, personal, ratio }: Compared): string[] {
  return [instant.toFixed(3), personal.toFixed(3), ratio.toFixed(2)];
}

/** By each picture, by all together, or by neither. */
function verdict({
  each,
  together,
  content,
}: ReturnType<typeof compare>): string {
  if (content.ratio > 1 + contentTolerance) return "no: content";
  const passed = [
    ...(each.ratio <= wantedRatio ? ["each"] : []),
    ...(together.ratio <= wantedRatio ? ["together"] : []),
  ];
  return passed.length === 0 ? "no" : passed.join(", ");
}

interface Compared {
  readonly instant: number;
  readonly personal: number;
  /** Personal over instant. */
  readonly ratio: number;
  /** What drawings of the same hand have in place of results. */
  readonly drawing: number;
}

/** What the trained style's distances are beside the instant one's, and beside those of the artist's other drawings. */
function compare({ summary, together }: StyleReport, evaluator: string) {
  const compared = (value: (candidate: string) => number): Compared => ({
    instant: value("instant"),
    personal: value("personal"),
    ratio: value("personal") / value("instant"),
    drawing: value("copy"),
  });
  const of = (name: string) =>
    summary.find(({ candidate }) => candidate === name)!.mean;
  return {
    each: compared((name) => of(name).style[evaluator]!),
    together: compared(
      (name) =>
        together.find(({ candidate }) => candidate === name)!.style[evaluator]!,
    ),
    content: compared((name) => of(name).content[evaluator]!),
  };
}

function notesOf({
  style,
  drawings,
  photos,
  trainedFrom,
  heldOut,
  memorisation,
}: StyleReport): string {
  const notes = [
    `“${style}” on ${photos} photographs against ${heldOut} held-out drawings of ${drawings}`,
    `Nearness to training drawings: ${memorisation === null ? "not known" : memorisation.toFixed(2)} of the held-out drawings' distance`,
  ];
  if (trainedFrom > 0) {
    notes.push(
      `NOT A STRICT TEST: ${trainedFrom} of the ${heldOut} held-out drawings lay in the folder that the style was trained from`,
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
