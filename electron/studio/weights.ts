import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../../common/failure.ts";

/** The networks that ship with Fude and are no styles themselves. */
export const networks = ["perceptual", "base"] as const;
export type Network = (typeof networks)[number];

export const weightsFile = "weights.safetensors";
export const cardFile = "model.json";

/** Bundled models, each in a folder of its own. */
export function bundledModels(resourcesFolder: string): string {
  return join(resourcesFolder, "models");
}

/** Models that the artist trained or imported, each in a folder of its own. */
export function trainedModels(dataFolder: string): string {
  return join(dataFolder, "models");
}

/**
 * A weights file, or null where there is none.
 * @throws Failure `unreadable`, naming the file
 */
export async function readWeights(
  path: string,
): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return await readFile(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw new Failure("unreadable", `The weights ${path} cannot be read.`, {
      subject: path,
      cause,
    });
  }
}

export function readNetwork(
  resourcesFolder: string,
  network: Network,
): Promise<Uint8Array<ArrayBuffer> | null> {
  return readWeights(
    join(bundledModels(resourcesFolder), network, weightsFile),
  );
}
