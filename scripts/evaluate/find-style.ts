import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Failure } from "../../common/failure.ts";
import { dataFolder } from "../../electron/studio/data-folder.ts";
import {
  cardFile,
  trainedModels,
  weightsFile,
} from "../../electron/studio/weights.ts";
import { styleFrom } from "../../native-models/inference/style-from.ts";
import type { StyleNetwork } from "../../native-models/inference/style-network.ts";
import { isGenerator } from "../../native-models/networks/recognise.ts";
import {
  readSafetensors,
  type StoredTensor,
} from "../../native-models/weights/safetensors.ts";

interface Card {
  readonly name?: string;
  readonly data?: { readonly drawings?: unknown; readonly count?: number };
  readonly drawings?: readonly { readonly name?: string }[];
}

export interface FoundStyle {
  readonly name: string;
  readonly network: StyleNetwork;
  /** The card that lies beside the weights; empty where there is none. */
  readonly card: Card;
}

/**
 * A style by a weights file, by the folder or name of a bundled one, or by its name in the artist's library.
 * @param models folder of the bundled models
 * @param library the library's folder, or null for the usual one
 * @throws Failure "not-found", or "damaged" and "unsupported" for weights that are no style
 */
export function findStyle(
  wanted: string,
  models: string,
  library: string | null,
): FoundStyle {
  const file = wanted.endsWith(".safetensors")
    ? wanted
    : fileByName(wanted, [
        trainedModels(dataFolder(library ?? undefined)),
        models,
      ]);
  if (file === null || !existsSync(file)) {
    throw new Failure("not-found", `There is no style “${wanted}”.`, {
      subject: wanted,
      hint: "Name a .safetensors file, a bundled style or one of the library; “fude styles” lists them.",
    });
  }
  const own = tensorsOf(file);
  // A bundled style is a vector for the base's G; a trained one has its own G, which then counts.
  const tensors = isGenerator(own)
    ? new Map([...tensorsOf(join(models, "base", weightsFile)), ...own])
    : own;
  const card = cardIn(dirname(file));
  return {
    name: card.name ?? wanted,
    network: styleFrom(tensors, file),
    card,
  };
}

function tensorsOf(file: string): ReadonlyMap<string, StoredTensor> {
  return readSafetensors(new Uint8Array(readFileSync(file)), file).tensors;
}

function fileByName(wanted: string, folders: readonly string[]): string | null {
  for (const folder of folders) {
    if (!existsSync(folder)) continue;
    for (const id of readdirSync(folder).sort()) {
      const names = [id, cardIn(join(folder, id)).name];
      if (names.some((name) => name?.toLowerCase() === wanted.toLowerCase())) {
        return join(folder, id, weightsFile);
      }
    }
  }
  return null;
}

function cardIn(folder: string): Card {
  const file = join(folder, cardFile);
  return existsSync(file)
    ? (JSON.parse(readFileSync(file, "utf8")) as Card)
    : {};
}

/** Of the files those whose names the card has among the drawings that the style was trained from. */
export function trainedFrom(card: Card, files: readonly string[]): string[] {
  const seen = new Set(card.drawings?.map(({ name }) => name));
  return files.filter((file) => seen.has(file.split(/[\\/]/).pop()));
}
