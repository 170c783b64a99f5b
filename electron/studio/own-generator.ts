import { z } from "zod";
import type { Model } from "./library/models.ts";

/** Whether a style is a vector for the base model's generator, and nothing else: only such styles mix. */
export function isVectorAlone({
  origin,
  card,
}: Pick<Model, "origin" | "card">): boolean {
  if (origin === "bundled") return !wholeCardSchema.safeParse(card).success;
  return origin === "instant";
}

/** Whether a style is of Fude's own generator, the base model's or one like it: only such styles have a depth. */
export function isOfOwnGenerator({
  origin,
  card,
}: Pick<Model, "origin" | "card">): boolean {
  if (origin === "bundled" || origin === "instant") return true;
  return ownCardSchema.safeParse(card).success;
}

/** The card of a bundled style that brings its generator along. */
const wholeCardSchema = z.looseObject({
  training: z.looseObject({ trained: z.literal("vector and generator") }),
});

/** Cards of generators like the base model's: the recipes that train one, and what an import was recognised as. */
const ownCardSchema = z.union([
  z.looseObject({ network: z.literal("generator") }),
  z.looseObject({ network: z.undefined(), recipe: z.literal("personal") }),
  z.looseObject({
    network: z.undefined(),
    recipe: z.literal("cartoongan"),
    settings: z.looseObject({ size: z.literal("fast") }),
  }),
]);
