import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Style } from "../../common/contract/studio.ts";
import type { Context } from "./context.ts";
import type { Model } from "./library/models.ts";
import type { ModelCard } from "./model-card.ts";
import { listStyles, styleOf } from "./styles.ts";
import { cardFile, trainedModels, weightsFile } from "./weights.ts";
import { writeFailure, writeFileAtomically } from "./write-file.ts";

interface NewModel extends Pick<Model, "id" | "origin" | "thumbnail"> {
  card: ModelCard;
  weights: Uint8Array;
}

/**
 * Keeps a style that was made here: its files first, then its row. One of the same id is brought up to date.
 * @throws Failure `disk-full`, `unreadable`, … naming the place
 */
export async function keepModel(
  context: Context,
  { id, origin, thumbnail, card, weights }: NewModel,
): Promise<Style> {
  const folder = join(trainedModels(context.dataFolder), id);
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw writeFailure(folder, error);
  });
  await writeFileAtomically(join(folder, weightsFile), weights);
  await writeFileAtomically(
    join(folder, cardFile),
    Buffer.from(`${JSON.stringify(card, null, 2)}\n`),
  );
  const { name, recipe } = card;
  const createdAt = Date.now();
  const row: Model = { id, name, recipe, card, origin, thumbnail, createdAt };
  context.library.models.put(row);
  context.emit("stylesChanged", listStyles(context));
  return styleOf(context.library.models.get(id));
}
