import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";
import type { AssetHash } from "../../../common/document/document.ts";
import {
  currentOf,
  type History,
  tipOf,
} from "../../../common/document/history.ts";
import type { Context } from "../context.ts";
import type { Model } from "../library/models.ts";
import { instantCardSchema } from "../model-card.ts";
import type { OpenProject } from "../open-projects.ts";
import {
  cardFile,
  readWeights,
  trainedModels,
  weightsFile,
} from "../weights.ts";
import {
  assetEntry,
  type Manifest,
  manifestName,
  manifestVersion,
  modelEntry,
  profileEntry,
} from "./manifest.ts";
import { usedInDocument, usedInSteps } from "./used-in-project.ts";

/**
 * A project as one `.fude` file: its document, its history as far as its pictures are there, all that these show, and the
 * styles that the artist made.
 * @throws Failure `not-found`, `damaged` where a picture of the document is gone or spoilt
 */
export async function packProject(
  context: Context,
  { id, name, past }: OpenProject,
): Promise<Uint8Array<ArrayBuffer>> {
  const { assets, library } = context;
  const { thumbnail } = library.projects.get(id);
  const used = usedInDocument(past.document);
  const along = usedInSteps(past.history.steps);
  const whole = await all([...along.assets], (hash) => assets.has(hash));
  if (whole) {
    for (const hash of along.assets) used.assets.add(hash);
    for (const model of along.models) used.models.add(model);
  }
  const models = [...used.models].flatMap(
    (model) => library.models.find(model) ?? [],
  );
  for (const hash of shownOf(models)) used.assets.add(hash);
  if (thumbnail) used.assets.add(thumbnail);

  const zip = new ZipFile();
  const add = (bytes: Uint8Array, entry: string, compress: boolean) =>
    zip.addBuffer(Buffer.from(bytes), entry, { compress });
  const profiles = profilesOf(context, used.assets);
  const manifest: Manifest = {
    format: "fude",
    version: manifestVersion,
    name,
    document: past.document,
    history: whole ? storedHistory(past.history) : null,
    thumbnail,
    profiles,
    styles: models.map(({ id, name, origin, thumbnail }) => ({
      id,
      name,
      origin,
      thumbnail,
    })),
  };
  add(Buffer.from(JSON.stringify(manifest)), manifestName, true);
  // PNG is packed as well as it can be.
  for (const hash of [...used.assets].sort())
    add(await assets.read(hash), assetEntry(hash), false);
  for (const hash of [...new Set(Object.values(profiles))].sort())
    add(await assets.read(hash, "icc"), profileEntry(hash), true);
  for (const model of models.filter(({ origin }) => origin !== "bundled")) {
    const weights = await readWeights(
      join(trainedModels(context.dataFolder), model.id, weightsFile),
    );
    if (weights === null) continue;
    add(weights, modelEntry(model.id, weightsFile), true);
    const card = Buffer.from(JSON.stringify(model.card));
    add(card, modelEntry(model.id, cardFile), true);
  }
  zip.end();
  return new Uint8Array(await buffer(zip.outputStream));
}

function storedHistory(history: History): Manifest["history"] {
  return {
    steps: [...history.steps],
    tip: tipOf(history),
    current: currentOf(history),
  };
}

/** Pictures of styles: their thumbnails, and what instant ones are predicted from. */
function shownOf(models: readonly Model[]): AssetHash[] {
  return models.flatMap(({ origin, thumbnail, card }) => {
    if (origin === "bundled") return [];
    const instant =
      origin === "instant" ? instantCardSchema.safeParse(card).data : undefined;
    const pictures = instant?.pictures.map(({ asset }) => asset) ?? [];
    return thumbnail ? [thumbnail, ...pictures] : pictures;
  });
}

function profilesOf(
  { library }: Context,
  assets: ReadonlySet<AssetHash>,
): Record<AssetHash, AssetHash> {
  const known = [...assets].flatMap((hash) => {
    const profile = library.assets.find(hash)?.profile;
    return profile ? [[hash, profile] as const] : [];
  });
  return Object.fromEntries(known);
}

async function all<Item>(
  items: readonly Item[],
  holds: (item: Item) => Promise<boolean>,
): Promise<boolean> {
  for (const item of items) if (!(await holds(item))) return false;
  return true;
}
