import { copyFile, mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { splitDrawings } from "./picture-files.ts";

/**
 * Copies the part of a folder of drawings that a style may be trained on: all but every fifth.
 * @throws Failure that names the folder
 */
export async function copyTrainingPart(
  folder: string,
  out: string,
): Promise<void> {
  const { train, heldOut } = splitDrawings(folder);
  await mkdir(out, { recursive: true });
  for (const file of train) await copyFile(file, join(out, basename(file)));
  console.error(
    `${train.length} drawings are in ${out}; ${heldOut.length} are left for the evaluation.`,
  );
}
