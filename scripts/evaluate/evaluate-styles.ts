import { basename, join } from "node:path";
import { Failure } from "../../common/failure.ts";
import { instantVector } from "./base-model.ts";
import { baselines, instantCandidate, styleCandidate } from "./candidates.ts";
import { type SheetRow, sheetRow } from "./contact-sheet.ts";
import type { EvaluationContext } from "./context.ts";
import { type Evaluator, meanStyle } from "./evaluator.ts";
import { type FoundStyle, findStyle, trainedFrom } from "./find-style.ts";
import {
  disposeTarget,
  type KnownSet,
  type Target,
  targetOf,
} from "./judge.ts";
import { memorisation } from "./memorisation.ts";
import { peerCandidate } from "./peer.ts";
import {
  type NamedPicture,
  readAll,
  splitDrawings,
  spread,
  unseenPhotos,
} from "./picture-files.ts";
import {
  type Judged,
  type Painted,
  runTrial,
  type Summary,
  summarise,
} from "./trial.ts";

export interface StyleReport {
  readonly style: string;
  readonly drawings: string;
  readonly photos: number;
  /** Of the held-out drawings those in the folder that the style was trained from, as far as its card says. */
  readonly trainedFrom: number;
  readonly heldOut: number;
  readonly summary: readonly Summary[];
  /** Distance of the mean over all results from the drawings' mean, per evaluator: what the photographs show averages out. */
  readonly together: readonly {
    readonly candidate: string;
    readonly style: Record<string, number>;
  }[];
  /** Nearness to training drawings as a multiple of the held-out drawings' (1: as far, 0: a copy). */
  readonly memorisation: number | null;
  readonly entries: readonly Judged[];
}

/** Drawings that stand for a folder. */
const most = { trained: 40, heldOut: 24 };

/**
 * Styles against their folders' held-out drawings, beside what the base does with the same folder at once.
 * @param sets styles among which results have to find their own
 */
export async function evaluateStyle(
  context: EvaluationContext,
  wanted: string,
  folder: string | null,
  sets: readonly KnownSet[],
): Promise<{ report: StyleReport; rows: SheetRow[] }> {
  const { options, base, evaluators, models, progress } = context;
  const style = findStyle(wanted, models, options.library);
  const drawings = folder ?? folderOf(style, options.data);
  const split = splitDrawings(drawings);
  const heldOut = await readAll(
    spread(split.heldOut, most.heldOut),
    options.side,
  );
  const seen = await readAll(spread(split.train, most.trained), options.side);
  const photos = await readAll(
    spread(unseenPhotos(options.data, options.photos), options.photosPerStyle),
    options.side,
  );
  const rasters = (pictures: readonly NamedPicture[]) =>
    pictures.map(({ raster }) => raster);
  const target = await targetOf(evaluators, rasters(heldOut));
  const vector = await instantVector(base, rasters(seen));
  const candidates = [
    ...baselines(seen),
    instantCandidate(base, vector),
    styleCandidate("personal", style.network),
    ...options.peers.map((peer) =>
      peerCandidate(peer, seen, options.peerSeconds),
    ),
  ];
  const set = basename(drawings);
  const painted: Painted[][] = [];
  const rows: SheetRow[] = [];
  const trial = { set, target, photos, candidates };
  for await (const results of runTrial(evaluators, trial, sets)) {
    const index = painted.push(results) - 1;
    const drawing = heldOut[index % heldOut.length]!.raster;
    rows.push(sheetRow(photos[index]!.raster, drawing, results));
    progress(`${style.name}: photo ${painted.length} of ${photos.length}`);
  }
  const of = (name: string) =>
    painted.flat().filter(({ judged }) => judged.candidate === name);
  const entries = painted.flat().map(({ judged }) => judged);
  const report: StyleReport = {
    style: style.name,
    drawings,
    photos: photos.length,
    trainedFrom: countTrainedFrom(style, split),
    heldOut: split.heldOut.length,
    summary: summarise(entries),
    together: candidates.map(({ name }) => ({
      candidate: name,
      style: togetherDistances(evaluators, of(name), target),
    })),
    memorisation: await memorisation(
      of("personal").map(({ result }) => result),
      rasters(seen),
      rasters(heldOut),
    ),
    entries,
  };
  vector.dispose();
  style.network.dispose();
  disposeTarget(target);
  return { report, rows };
}

function togetherDistances(
  evaluators: readonly Evaluator[],
  painted: readonly Painted[],
  target: Target,
): Record<string, number> {
  return Object.fromEntries(
    evaluators.map(({ name, styleDistance }, i) => [
      name,
      styleDistance(
        meanStyle(painted.map(({ styles }) => styles[i]!)),
        target.styles[i]!,
      ),
    ]),
  );
}

function folderOf({ name, card }: FoundStyle, data: string): string {
  const drawings = card.data?.drawings;
  if (typeof drawings === "string") return join(data, "styles", drawings);
  throw new Failure("invalid", `What “${name}” was trained on is not known.`, {
    subject: name,
    hint: "Name the folder with --drawings.",
  });
}

function countTrainedFrom(
  { card }: FoundStyle,
  { train, heldOut }: { train: string[]; heldOut: string[] },
): number {
  const all = card.data?.count === train.length + heldOut.length;
  return all ? heldOut.length : trainedFrom(card, heldOut).length;
}
