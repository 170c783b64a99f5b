import type { Confinement } from "../../common/document/document.ts";
import { maskOnPicture } from "../../common/document/mask-on-picture.ts";
import type { Raster } from "../../common/raster.ts";
import type { Context } from "./context.ts";
import { rasterOf } from "./pictures.ts";
import { scaled } from "./scaled-document.ts";

/** Longest side of the mask that the engine gets: its statistics come from no larger a picture. */
const longestSide = 512;

/**
 * What of a picture lies inside the mask that confines its style, for the engine.
 * @returns undefined where nothing of the picture is to be seen
 */
export async function insideMask(
  context: Context,
  picture: { width: number; height: number },
  confinement: Confinement,
): Promise<Raster<Uint8Array<ArrayBuffer>> | undefined> {
  const { width, height } = picture;
  const factor = Math.min(1, longestSide / Math.max(width, height));
  const { asset } = confinement.mask;
  const raster = asset === null ? null : await rasterOf(context, asset);
  const inside = maskOnPicture(
    confinement,
    { width, height },
    { width: scaled(width, factor), height: scaled(height, factor) },
    () => raster!,
  );
  return inside ?? undefined;
}
