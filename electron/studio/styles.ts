import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Style } from "../../common/contract/studio.ts";
import type { AssetHash } from "../../common/document/document.ts";
import { Failure } from "../../common/failure.ts";
import type { Answers, Context } from "./context.ts";
import type { Model } from "./library/models.ts";
import { type ModelCard, modelCardSchema } from "./model-card.ts";
import { isOfOwnGenerator, isVectorAlone } from "./own-generator.ts";
import { importPicture } from "./pictures.ts";
import { bundledModels, cardFile, networks, trainedModels } from "./weights.ts";

export function styleCalls(
  context: Context,
): Answers<"listStyles" | "deleteStyle"> {
  return {
    listStyles: () => listStyles(context),
    async deleteStyle({ styleId }) {
      const model = context.library.models.get(styleId);
      if (model.origin === "bundled")
        throw new Failure(
          "invalid",
          `“${model.name}” belongs to Fude and stays.`,
          { subject: model.name },
        );
      // The row first: a folder without a row is only lost space, a row without a folder would be a broken style.
      context.library.models.delete(styleId);
      await rm(join(trainedModels(context.dataFolder), styleId), {
        recursive: true,
        force: true,
      });
      context.emit("stylesChanged", listStyles(context));
      return {};
    },
  };
}

/** The artist's own first, each group the newest first. */
export function listStyles({ library }: Context): Style[] {
  const styles = library.models.list().map(styleOf);
  return [
    ...styles.filter((style) => style.origin !== "bundled"),
    ...styles.filter((style) => style.origin === "bundled"),
  ];
}

/** A model as the page sees it. */
export function styleOf(model: Model): Style {
  const { id, name, recipe, origin, thumbnail, createdAt } = model;
  const card = modelCardSchema.safeParse(model.card).data;
  return {
    id,
    name,
    recipe,
    origin,
    thumbnail,
    mixes: isVectorAlone(model),
    hasDepth: isOfOwnGenerator(model),
    licence: card?.licence ?? "not stated",
    credit: card?.credit ?? "",
    createdAt,
  };
}

/** Brings the library in line with the styles that came with this version of Fude. */
export async function gatherBundledStyles(context: Context): Promise<void> {
  const { library, log, resourcesFolder } = context;
  const folder = bundledModels(resourcesFolder);
  const found = new Set<string>();
  for (const name of await readdir(folder).catch(() => [])) {
    if ((networks as readonly string[]).includes(name)) continue;
    const card = await readCard(join(folder, name, cardFile), log);
    if (card === null) continue;
    const known = library.models.find(name);
    library.models.put({
      id: name,
      name: card.name,
      recipe: card.recipe,
      card,
      origin: "bundled",
      thumbnail: await bundledThumbnail(context, join(folder, name)),
      createdAt: known?.createdAt ?? Date.now(),
    });
    found.add(name);
  }
  for (const model of library.models.list())
    if (model.origin === "bundled" && !found.has(model.id))
      library.models.delete(model.id);
}

async function readCard(
  path: string,
  log: Context["log"],
): Promise<ModelCard | null> {
  try {
    return modelCardSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (error) {
    // One broken card must not take the other styles away.
    log.warn({ path, error }, "a model without a card that can be read");
    return null;
  }
}

async function bundledThumbnail(
  context: Context,
  folder: string,
): Promise<AssetHash | null> {
  try {
    const name = "thumbnail.png";
    const bytes = await readFile(join(folder, name));
    return (await importPicture(context, name, bytes)).hash;
  } catch {
    return null;
  }
}
