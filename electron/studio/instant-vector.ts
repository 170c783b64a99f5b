import { createHash } from "node:crypto";
import type { AssetHash } from "../../common/document/document.ts";
import { Failure } from "../../common/failure.ts";
import type { Context } from "./context.ts";
import { rasterOf } from "./pictures.ts";
import { readNetwork } from "./weights.ts";

/**
 * Has the engine predict a style from stored pictures.
 * @returns its vector's file, and the hash of the base model that it is for
 * @throws Failure `not-found` where a network that came with Fude is absent, `engine-failed`, …
 */
export async function predictVector(
  context: Context,
  pictures: readonly AssetHash[],
): Promise<{ weights: Uint8Array<ArrayBuffer>; base: string }> {
  const [perceptual, base] = await Promise.all([
    readNetwork(context.resourcesFolder, "perceptual"),
    readNetwork(context.resourcesFolder, "base"),
  ]);
  if (perceptual === null || base === null)
    throw new Failure(
      "not-found",
      "The base model, which makes a style of a picture, is missing.",
      { hint: "Install Fude again." },
    );
  const rasters = await Promise.all(
    pictures.map((asset) => rasterOf(context, asset)),
  );
  const { outcome } = context.engine.run(
    { kind: "encode", pictures: rasters, perceptual, base },
    () => undefined,
  );
  const encoded = await outcome;
  if (encoded.kind !== "encoded")
    throw new Failure("engine-failed", "The engine made no style of it.");
  return { weights: new Uint8Array(encoded.weights), base: hashOfBase(base) };
}

export function hashOfBase(base: Uint8Array): string {
  return createHash("sha256").update(base).digest("hex");
}
