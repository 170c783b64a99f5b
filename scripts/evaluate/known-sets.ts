import { basename } from "node:path";
import { type Evaluator, meanStyle } from "./evaluator.ts";
import type { KnownSet } from "./judge.ts";
import { readAll, splitDrawings, spread } from "./picture-files.ts";

/** Drawings of each set that stand for it. */
const most = 10;

/** Folders of many hands, which have no style to be told by. */
export const mixedSets: readonly string[] = [
  "museum-paintings",
  "publicdomainvectors",
];

/** The mean look of each folder's held-out drawings. */
export async function knownSets(
  evaluator: Evaluator,
  folders: readonly string[],
  side: number,
  progress: (text: string) => void,
): Promise<KnownSet[]> {
  const sets: KnownSet[] = [];
  for (const folder of folders) {
    const name = basename(folder);
    if (mixedSets.includes(name)) continue;
    progress(`looking at ${name}`);
    const { heldOut } = splitDrawings(folder);
    const styles: Float32Array[] = [];
    for (const { raster } of await readAll(spread(heldOut, most), side)) {
      styles.push((await evaluator.look(raster)).style);
    }
    sets.push({ name, style: meanStyle(styles) });
  }
  return sets;
}
