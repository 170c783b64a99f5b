import { join } from "node:path";
import type { StyleParameters } from "../../common/document/document.ts";
import { Failure } from "../../common/failure.ts";
import type { Context } from "./context.ts";
import { hashOfBase, predictVector } from "./instant-vector.ts";
import { keepModel } from "./keep-model.ts";
import type { Model } from "./library/models.ts";
import { instantCardSchema } from "./model-card.ts";
import { isVectorAlone } from "./own-generator.ts";
import {
  bundledModels,
  readNetwork,
  readWeights,
  trainedModels,
  weightsFile,
} from "./weights.ts";

/**
 * What the engine lays over one another to paint with a style: the base generator, then the style's own tensors.
 * @throws Failure `not-found` where the style or its weights are gone
 */
export async function weightsOf(
  context: Context,
  modelId: string,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const model = context.library.models.get(modelId);
  const own = await ownWeights(context, model);
  // A style that the artist trained or imported carries its whole generator, whichever base it began from.
  if (model.origin === "trained" || model.origin === "imported") return [own];
  const base = await readNetwork(context.resourcesFolder, "base");
  if (base === null) return [own];
  return [
    base,
    model.origin === "instant"
      ? await forBase(context, model, own, hashOfBase(base))
      : own,
  ];
}

/**
 * What the engine needs to paint with a style's parameters: the weights of its model, and the vectors that are mixed in.
 * @throws Failure `not-found` where one of the styles is gone
 */
export async function paintingWeights(
  context: Context,
  { model, mix = [] }: StyleParameters,
) {
  return {
    weights: await weightsOf(context, model),
    mix: await Promise.all(
      mix.map(async ({ model, share }) => {
        const files = await weightsOf(context, model);
        return { weights: files.at(-1)!, share };
      }),
    ),
  };
}

/**
 * @throws Failure `not-found` where a style is gone, `unsupported` where one that has a generator of its own would be
 *   mixed
 */
export function requireMixable(
  { library }: Context,
  { model, mix = [] }: StyleParameters,
): void {
  const parts = [model, ...mix.map((part) => part.model)];
  for (const found of parts.map((id) => library.models.get(id))) {
    if (mix.length === 0 || isVectorAlone(found)) continue;
    const { name } = found;
    throw new Failure(
      "unsupported",
      `“${name}” has a generator of its own and cannot be mixed with other styles.`,
      {
        subject: name,
        hint: "Mix styles that came with Fude or were made of pictures.",
      },
    );
  }
}

async function ownWeights(
  { resourcesFolder, dataFolder }: Context,
  { id, name, origin }: Model,
): Promise<Uint8Array<ArrayBuffer>> {
  const folder =
    origin === "bundled"
      ? bundledModels(resourcesFolder)
      : trainedModels(dataFolder);
  const own = await readWeights(join(folder, id, weightsFile));
  if (own !== null) return own;
  throw new Failure(
    "not-found",
    `The weights of the style “${name}” are gone.`,
    {
      subject: name,
      hint: "Train or import the style again, or bring its folder back.",
    },
  );
}

/**
 * An instant style's vector, predicted anew from its pictures where Fude has another base model by now: a vector means
 * nothing to a generator that it was not made for.
 */
async function forBase(
  context: Context,
  model: Model,
  own: Uint8Array<ArrayBuffer>,
  base: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const card = instantCardSchema.parse(model.card);
  if (card.base === base) return own;
  const { weights } = await predictVector(
    context,
    card.pictures.map(({ asset }) => asset),
  );
  const { id, thumbnail } = model;
  await keepModel(context, {
    id,
    origin: "instant",
    thumbnail,
    card: { ...card, base },
    weights,
  });
  return weights;
}
