import { z } from "zod";
import { assetHashSchema } from "../../common/document/document.ts";

/**
 * `model.json` beside a model's weights. Cards say much more (data, scores, sources); the studio reads what it shows and
 * keeps the rest as it is.
 */
export const modelCardSchema = z.looseObject({
  name: z.string().min(1).max(255),
  recipe: z.string().max(64).default("unknown"),
  licence: z.string().default("not stated"),
  credit: z.string().default(""),
});
export type ModelCard = z.infer<typeof modelCardSchema>;

export const instantRecipe = "instant";

/** The card of a style that was predicted from pictures: all that it takes to predict it anew. */
export const instantCardSchema = modelCardSchema.extend({
  pictures: z
    .array(
      z.strictObject({
        name: z.string(),
        /** Of the artist's file. */
        sha256: z.string(),
        /** The picture as the engine saw it. */
        asset: assetHashSchema,
      }),
    )
    .min(1),
  /** SHA-256 of the base model whose generator the vector is for. */
  base: z.string(),
});
export type InstantCard = z.infer<typeof instantCardSchema>;
