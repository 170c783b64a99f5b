import {
  affineOf,
  composed,
  determinant,
  inverse,
  mapped,
  translation,
} from "../../../common/document/affine.ts";
import {
  identityTransform,
  type Mask,
} from "../../../common/document/document.ts";
import type { Raster } from "../../../common/raster.ts";
import type { Size } from "../../canvas/view.ts";

/**
 * A mask over its document in small: the middle square of it, a sample for each pixel.
 * @param raster the mask's pixels, where they are there
 * @param side of the square, in pixels of the result
 * @returns grey, 0 to 255, row by row
 */
export function maskShades(
  mask: Mask,
  raster: Raster<Uint8Array> | undefined,
  document: Size,
  side: number,
): Uint8Array {
  const shades = new Uint8Array(side * side).fill(
    Math.round(mask.outside * 255),
  );
  if (!raster) return shades;
  const step = Math.min(document.width, document.height) / side;
  const left = (document.width - step * side) / 2;
  const top = (document.height - step * side) / 2;
  const { transform = identityTransform } = mask;
  const map = composed(affineOf(transform), translation(mask.x, mask.y));
  if (determinant(map) === 0) return shades;
  const back = inverse(map);
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      const own = mapped(back, {
        x: left + (column + 0.5) * step,
        y: top + (row + 0.5) * step,
      });
      const [x, y] = [Math.floor(own.x), Math.floor(own.y)];
      if (x >= 0 && x < raster.width && y >= 0 && y < raster.height)
        shades[row * side + column] = raster.samples[y * raster.width + x]!;
    }
  return shades;
}
