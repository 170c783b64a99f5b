import type { Context } from "../context.ts";
import { keepModel } from "../keep-model.ts";
import {
  instantCardSchema,
  type ModelCard,
  modelCardSchema,
} from "../model-card.ts";
import { cardFile, weightsFile } from "../weights.ts";
import { type Manifest, modelEntry } from "./manifest.ts";
import type { Archive } from "./open-archive.ts";
import { isAboutThisMachine, type PackedPictures } from "./packed-pictures.ts";

type PackedStyle = Manifest["styles"][number];

/** Bytes of a style's parts: ten times the largest generator that Fude takes. */
const mostWeights = 2 ** 30;
const mostCard = 2 ** 22;

/**
 * Keeps the styles of a `.fude` file that are not in the library. One that is there stays as it is.
 * @returns the names of those that are neither there nor whole in the file
 */
export async function unpackStyles(
  context: Context,
  archive: Archive,
  styles: readonly PackedStyle[],
  pictures: PackedPictures,
): Promise<string[]> {
  const missing: string[] = [];
  for (const style of styles) {
    if (context.library.models.find(style.id) !== undefined) continue;
    if (await unpackStyle(context, archive, style, pictures)) continue;
    missing.push(style.name);
  }
  return missing;
}

async function unpackStyle(
  context: Context,
  archive: Archive,
  { id, origin, thumbnail }: PackedStyle,
  pictures: PackedPictures,
): Promise<boolean> {
  // What claims to have come with Fude, and did not, is no style of this one.
  if (origin === "bundled") return false;
  try {
    const weights = await archive.read(
      modelEntry(id, weightsFile),
      mostWeights,
    );
    const text = await archive.read(modelEntry(id, cardFile), mostCard);
    const data: unknown = JSON.parse(Buffer.from(text).toString());
    const card: ModelCard =
      origin === "instant"
        ? instantCardSchema.parse(data)
        : modelCardSchema.parse(data);
    if (origin === "instant")
      for (const { asset } of instantCardSchema.parse(data).pictures)
        await pictures.take(asset);
    await keepModel(context, {
      id,
      origin,
      thumbnail:
        thumbnail && (await pictures.has(thumbnail)) ? thumbnail : null,
      card,
      weights,
    });
    return true;
  } catch (error) {
    if (isAboutThisMachine(error)) throw error;
    return false;
  }
}
