import { z } from "zod";

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
