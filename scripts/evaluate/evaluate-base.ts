import { basename } from "node:path";
import { instantVector } from "./base-model.ts";
import { type BaseProperties, baseProperties } from "./base-properties.ts";
import { baselines, instantCandidate } from "./candidates.ts";
import { type SheetRow, sheetRow } from "./contact-sheet.ts";
import type { EvaluationContext } from "./context.ts";
import { disposeTarget, targetOf } from "./judge.ts";
import { knownSets } from "./known-sets.ts";
import { peerCandidate } from "./peer.ts";
import {
  readNamed,
  splitDrawings,
  spread,
  unseenPhotos,
} from "./picture-files.ts";
import { type Judged, runTrial, type Summary, summarise } from "./trial.ts";

export interface BaseReport {
  readonly kind: "base";
  readonly pairs: number;
  readonly summary: readonly Summary[];
  readonly properties: BaseProperties;
  readonly entries: readonly Judged[];
}

/** Rows of a contact sheet that can still be looked at. */
const sheetRows = 24;

/** The instant style over pairs of a photograph and a drawing that nothing was trained on. */
export async function evaluateBase(
  context: EvaluationContext,
  folders: readonly string[],
): Promise<{ report: BaseReport; rows: SheetRow[] }> {
  const { options, base, evaluators, progress } = context;
  const photos = unseenPhotos(options.data, options.photos);
  const drawings = spread(
    folders.flatMap((folder) =>
      splitDrawings(folder).heldOut.map((file) => ({ folder, file })),
    ),
    options.pairs,
  );
  const content = spread(photos, drawings.length);
  const sets = await knownSets(evaluators[0]!, folders, options.side, progress);
  const judged: Judged[] = [];
  const rows: SheetRow[] = [];
  for (const [i, { folder, file }] of drawings.entries()) {
    progress(`pair ${i + 1} of ${drawings.length}`);
    const drawing = await readNamed(file, options.side);
    const photo = await readNamed(content[i % content.length]!, options.side);
    const target = await targetOf(evaluators, [drawing.raster]);
    const vector = await instantVector(base, [drawing.raster]);
    const trial = {
      set: basename(folder),
      target,
      photos: [photo],
      candidates: [
        ...baselines([drawing]),
        instantCandidate(base, vector),
        ...options.peers.map((peer) =>
          peerCandidate(peer, [drawing], options.peerSeconds),
        ),
      ],
    };
    for await (const painted of runTrial(evaluators, trial, sets)) {
      judged.push(...painted.map((entry) => entry.judged));
      if (rows.length < sheetRows) {
        rows.push(sheetRow(photo.raster, drawing.raster, painted));
      }
    }
    vector.dispose();
    disposeTarget(target);
  }
  const report: BaseReport = {
    kind: "base",
    pairs: drawings.length,
    summary: summarise(judged),
    properties: await baseProperties(
      context,
      content,
      drawings.map(({ file }) => file),
    ),
    entries: judged,
  };
  return { report, rows };
}
