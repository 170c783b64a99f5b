import { createHash } from "node:crypto";
import { basename, extname } from "node:path";
import type { EngineEvent } from "../../common/contract/engine.ts";
import { Failure } from "../../common/failure.ts";
import type { Answers, Context } from "./context.ts";
import { keepModel } from "./keep-model.ts";
import { type ModelCard, modelCardSchema } from "./model-card.ts";
import { storeRaster } from "./pictures.ts";
import { weightsOf } from "./style-weights.ts";

type Converted = Extract<EngineEvent, { kind: "converted" }>;

/** Under this name an exported file carries its card. */
const cardKey = "fude.card";

/** Styles come in as files of weights and leave as such. */
export function modelFileCalls(
  context: Context,
): Answers<"importModel" | "exportModel"> {
  return {
    async importModel({ fileName, bytes, name }) {
      const file = basename(fileName);
      // Messages name the file as whoever chose it did; the card keeps no folders.
      const converted = await convert(context, {
        name: fileName,
        files: [bytes],
        metadata: {},
        sample: true,
      });
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const card = cardOf(file, sha256, name ?? null, converted);
      // The same file again is the same style again, and not a second one.
      const id = `imported-${sha256.slice(0, 32)}`;
      const sample =
        converted.sample && (await storeRaster(context, converted.sample));
      const style = await keepModel(context, {
        id,
        origin: "imported",
        thumbnail: sample?.hash ?? null,
        card,
        weights: converted.weights,
      });
      return { style, recognised: converted.recognised };
    },
    async exportModel({ styleId }) {
      const model = context.library.models.get(styleId);
      const name = `${model.name}.safetensors`;
      const { weights, recognised } = await convert(context, {
        name,
        files: await weightsOf(context, styleId),
        metadata: { [cardKey]: JSON.stringify(model.card) },
        sample: false,
      });
      return { name, bytes: weights, recognised };
    },
  };
}

/** Reading checkpoints is the engine's work: it is where tensors are known. */
async function convert(
  { engine }: Context,
  conversion: Omit<
    Extract<Parameters<Context["engine"]["run"]>[0], { kind: "convert" }>,
    "kind"
  >,
): Promise<Converted> {
  const { outcome } = engine.run(
    { kind: "convert", ...conversion },
    () => undefined,
  );
  const converted = await outcome;
  if (converted.kind === "converted") return converted;
  throw new Failure(
    "engine-failed",
    `The engine made nothing of ${conversion.name}.`,
    { subject: conversion.name },
  );
}

/** A file that Fude exported brings its card along; others say nothing of their maker. */
function cardOf(
  file: string,
  sha256: string,
  name: string | null,
  { network, recognised, metadata }: Converted,
): ModelCard {
  const own = ownCard(metadata);
  return {
    ...own,
    name: name ?? own?.name ?? stemOf(file),
    recipe: own?.recipe ?? network,
    licence: own?.licence ?? "unknown: ask its author",
    credit: own?.credit ?? `Imported from ${file}`,
    network,
    imported: { file, sha256, recognised, at: new Date().toISOString() },
  };
}

function ownCard(metadata: Record<string, string>): ModelCard | null {
  try {
    return modelCardSchema.parse(JSON.parse(metadata[cardKey] ?? "null"));
  } catch {
    return null;
  }
}

/** "nets/latest_net_G.pth" gives "latest_net_G". */
function stemOf(file: string): string {
  const stem = basename(file, extname(file)).trim().slice(0, 255);
  return stem === "" ? "Imported style" : stem;
}
