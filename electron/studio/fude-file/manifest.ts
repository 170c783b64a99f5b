import { z } from "zod";
import { styleOrigins } from "../../../common/contract/studio.ts";
import { assetHashSchema } from "../../../common/document/document.ts";

/**
 * What `project.json` in a `.fude` file says. The file is a zip archive that holds beside it `assets/<sha-256>.png`,
 * `profiles/<sha-256>.icc`, and `models/<id>/weights.safetensors` with `model.json` of the artist's own styles.
 */
export const manifestName = "project.json";

/** Raised when a Fude of before could not read the file any more. */
export const manifestVersion = 1;

/** Also the name of a folder in the archive and on disk, so it can lead nowhere else. */
const modelId = z.string().regex(/^[A-Za-z0-9-]{1,64}$/);

export const assetEntry = (hash: string) => `assets/${hash}.png`;
export const profileEntry = (hash: string) => `profiles/${hash}.icc`;
export const modelEntry = (id: string, file: string) => `models/${id}/${file}`;

/** Document and steps are parsed by their own schemas, which know older versions. */
export const manifestSchema = z.object({
  format: z.literal("fude"),
  version: z.literal(manifestVersion),
  name: z.string().trim().min(1).max(255),
  document: z.unknown(),
  history: z
    .object({
      steps: z.array(z.unknown()).max(20_000),
      tip: z.int().min(0),
      current: z.int().min(0),
    })
    .nullable(),
  thumbnail: assetHashSchema.nullable(),
  /** The colour profiles that pictures came with, by the hash of the picture. */
  profiles: z.record(assetHashSchema, assetHashSchema),
  /** Every style that the project uses; those that came with Fude are only named. */
  styles: z
    .array(
      z.object({
        id: modelId,
        name: z.string().max(255),
        origin: z.enum(styleOrigins),
        thumbnail: assetHashSchema.nullable(),
      }),
    )
    .max(1000),
});
export type Manifest = z.infer<typeof manifestSchema>;
