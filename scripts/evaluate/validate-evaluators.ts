import { basename } from "node:path";
import type { Raster } from "../../common/raster.ts";
import { Random } from "../../native-models/training/random.ts";
import { classical, groupDifferences } from "./classical.ts";
import type { Evaluator } from "./evaluator.ts";
import { meanStyle } from "./evaluator.ts";
import { mean } from "./judge.ts";
import { mixedSets } from "./known-sets.ts";
import { readAll, splitDrawings, spread } from "./picture-files.ts";
import { patchQuantiles, slicedWasserstein } from "./sliced-wasserstein.ts";
import { layOut } from "./tables.ts";

/** Whether an evaluator tells hands apart at all. */
interface Validation {
  readonly evaluator: string;
  /** Share of crops of held-out drawings that are nearest to their own set's training drawings, among all sets. */
  readonly retrieval: number;
  /** Probability that a crop is nearer to its own set than to another one. */
  readonly ranked: number;
}

export interface ValidationReport {
  readonly kind: "evaluators";
  readonly sets: number;
  readonly crops: number;
  readonly chance: number;
  readonly validations: readonly Validation[];
  /** The classical evaluator's differences between drawings of different hands, by group: its units. */
  readonly typical: readonly number[];
}

type Measure = Pick<Evaluator, "name" | "styleDistance"> & {
  style(picture: Raster): Promise<Float32Array>;
};

/** Drawings of each set that its mean is of, and that are asked for. */
const most = { trained: 12, heldOut: 8 };
/** Side of the crops, as a share of the drawing's short side. */
const share = 0.6;

/** Asks every evaluator whose hand crops of held-out drawings are from. */
export async function validateEvaluators(
  evaluators: readonly Evaluator[],
  folders: readonly string[],
  side: number,
  progress: (text: string) => void,
): Promise<ValidationReport> {
  const measures = [...evaluators.map(asMeasure), patches];
  const random = Random.seeded(41);
  const means: Float32Array[][] = measures.map(() => []);
  const asked: { set: number; styles: Float32Array[] }[] = [];
  const whole: { set: number; style: Float32Array }[] = [];
  const sets = folders.filter((f) => !mixedSets.includes(basename(f)));
  for (const [set, folder] of sets.entries()) {
    progress(`looking at ${basename(folder)}`);
    const split = splitDrawings(folder);
    const looks: Float32Array[][] = measures.map(() => []);
    for (const { raster } of await readAll(
      spread(split.train, most.trained),
      side,
    )) {
      const crop = cropOf(raster, random);
      for (const [m, measure] of measures.entries()) {
        looks[m]!.push(await measure.style(crop));
      }
    }
    for (const [m, look] of looks.entries()) means[m]!.push(meanStyle(look));
    for (const { raster } of await readAll(
      spread(split.heldOut, most.heldOut),
      side,
    )) {
      const crop = cropOf(raster, random);
      const styles: Float32Array[] = [];
      for (const measure of measures) styles.push(await measure.style(crop));
      asked.push({ set, styles });
      whole.push({ set, style: (await classical.look(raster)).style });
    }
  }
  return {
    kind: "evaluators",
    sets: sets.length,
    crops: asked.length,
    chance: 1 / sets.length,
    validations: measures.map((measure, m) => {
      const ranks = asked.map(({ set, styles }) => {
        const distances = means[m]!.map((style) =>
          measure.styleDistance(styles[m]!, style),
        );
        return distances.filter((d) => d < distances[set]!).length;
      });
      return {
        evaluator: measure.name,
        retrieval: mean(ranks.map((rank) => (rank === 0 ? 1 : 0))),
        ranked: mean(ranks.map((rank) => 1 - rank / (sets.length - 1))),
      };
    }),
    typical: typicalDifferences(whole),
  };
}

export function validationTable({
  sets,
  crops,
  chance,
  validations,
}: ValidationReport): string {
  return [
    `Whose hand: ${crops} crops of held-out drawings among ${sets} sets`,
    layOut([
      ["", "own set is nearest", "own set is nearer than another"],
      ...validations.map(({ evaluator, retrieval, ranked }) => [
        evaluator,
        retrieval.toFixed(3),
        ranked.toFixed(3),
      ]),
      ["chance", chance.toFixed(3), "0.500"],
    ]),
  ].join("\n");
}

const patches: Measure = {
  name: "patches",
  style: patchQuantiles,
  styleDistance: slicedWasserstein,
};

function asMeasure(evaluator: Evaluator): Measure {
  return {
    name: evaluator.name,
    style: async (picture) => (await evaluator.look(picture)).style,
    styleDistance: evaluator.styleDistance,
  };
}

function cropOf({ width, height, samples }: Raster, random: Random): Raster {
  const side = Math.max(64, Math.round(share * Math.min(width, height)));
  const left = random.below(width - side + 1);
  const top = random.below(height - side + 1);
  const cut = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y++) {
    const from = 3 * ((top + y) * width + left);
    cut.set(samples.subarray(from, from + 3 * side), 3 * y * side);
  }
  return { width: side, height: side, channels: 3, samples: cut };
}

function typicalDifferences(
  pictures: readonly { set: number; style: Float32Array }[],
): number[] {
  const differences = pictures.flatMap((a, i) =>
    pictures
      .slice(i + 1)
      .filter((b) => b.set !== a.set)
      .map((b) => groupDifferences(a.style, b.style)),
  );
  return differences[0]!.map((_, group) =>
    mean(differences.map((difference) => difference[group]!)),
  );
}
