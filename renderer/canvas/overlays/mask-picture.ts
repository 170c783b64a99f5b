import { writeMask } from "../../../common/document/coverage.ts";
import type { Mask } from "../../../common/document/document.ts";
import { intersect, type Region } from "../../../common/document/region.ts";
import type { Raster } from "../../../common/raster.ts";
import type { MaskView } from "../../state/page-state.ts";

/** Red, green and blue of a film over what a mask hides, and how dense it is where all is hidden. */
const film = { red: 232, green: 32, blue: 48, alpha: 150 };

/**
 * Paints a part of a mask as people look at it: a red film over what it hides, or its own grey.
 * @param canvas a pixel for each of the document's
 * @param raster the mask's pixels, where it has some
 * @param part in document pixels
 */
export function paintMaskPicture(
  canvas: OffscreenCanvas,
  mask: Mask,
  raster: Raster<Uint8Array> | undefined,
  look: Exclude<MaskView, "none">,
  part: Region,
): void {
  const { width, height } = canvas;
  const region = intersect(part, { x: 0, y: 0, width, height });
  const context = canvas.getContext("2d");
  if (region === null || context === null) return;
  const shades = shadesOf(look);
  const pixels = new ImageData(region.width, region.height);
  const words = new Uint32Array(pixels.data.buffer);
  if (mask.transform) {
    const shares = new Float32Array(words.length);
    writeMask(mask, raster ?? null, region, 1, shares);
    for (let i = 0; i < words.length; i++)
      words[i] = shades[Math.round(shares[i]! * 255)]!;
    context.putImageData(pixels, region.x, region.y);
    return;
  }
  words.fill(shades[Math.round(mask.outside * 255)]!);
  const own =
    raster &&
    intersect(region, {
      x: mask.x,
      y: mask.y,
      width: raster.width,
      height: raster.height,
    });
  for (let y = own?.y ?? 0; own && y < own.y + own.height; y++) {
    let from = (y - mask.y) * raster.width + own.x - mask.x;
    let to = (y - region.y) * region.width + own.x - region.x;
    for (let column = 0; column < own.width; column++)
      words[to++] = shades[raster.samples[from++]!]!;
  }
  context.putImageData(pixels, region.x, region.y);
}

/** The pixel, as a little-endian word, for each value of a mask. */
function shadesOf(look: Exclude<MaskView, "none">): Uint32Array {
  const bytes = new Uint8Array(4 * 256);
  for (let value = 0; value < 256; value++) {
    const hidden = Math.round((film.alpha * (255 - value)) / 255);
    bytes.set(
      look === "grey"
        ? [value, value, value, 255]
        : [film.red, film.green, film.blue, hidden],
      4 * value,
    );
  }
  return new Uint32Array(bytes.buffer);
}
