import { createHash } from "node:crypto";
import { basename, extname } from "node:path";
import type { Answers, Context } from "./context.ts";
import { predictVector } from "./instant-vector.ts";
import { keepModel } from "./keep-model.ts";
import { type InstantCard, instantRecipe } from "./model-card.ts";
import { thumbnailOf } from "./pictures.ts";
import { styleOf } from "./styles.ts";
import { storeTrainingPicture } from "./training-pictures.ts";

/** Styles from pictures in one pass. */
export function instantStyleCalls(
  context: Context,
): Answers<"styleFromPictures"> {
  return {
    async styleFromPictures({ pictures, name }) {
      const sources: InstantCard["pictures"] = [];
      for (const picture of pictures) {
        // Messages name the file as whoever chose it did; the card keeps no folders.
        const { asset } = await storeTrainingPicture(
          context,
          picture.name,
          picture.bytes,
        );
        sources.push({
          name: basename(picture.name),
          sha256: createHash("sha256").update(picture.bytes).digest("hex"),
          asset,
        });
      }
      const assets = sources.map(({ asset }) => asset);
      const id = idOf(assets);
      const known = context.library.models.find(id);
      if (known !== undefined && (name ?? known.name) === known.name)
        return styleOf(known);
      const { weights, base } = await predictVector(context, assets);
      const names = sources.map((source) => source.name);
      const card: InstantCard = {
        name: name?.trim() ?? stemOf(names[0]!),
        recipe: instantRecipe,
        licence: "unknown: the artist's",
        credit: `From ${names.join(", ")}`,
        pictures: sources,
        base,
        madeAt: new Date().toISOString(),
      };
      return keepModel(context, {
        id,
        origin: "instant",
        thumbnail: await thumbnailOf(context, assets[0]!),
        card,
        weights,
      });
    },
  };
}

/** The same pictures, in whichever order, are the same style. */
function idOf(assets: readonly string[]): string {
  const all = [...new Set(assets)].sort().join(" ");
  return `instant-${createHash("sha256").update(all).digest("hex").slice(0, 32)}`;
}

/** "museum/starry-night.jpg" gives "starry-night". */
function stemOf(file: string): string {
  return basename(file, extname(file)).trim() || "From a picture";
}
