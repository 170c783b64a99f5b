import { composite } from "../../../common/document/compositor.ts";
import type { AssetHash, Document } from "../../../common/document/document.ts";
import { pixelsOf } from "../../../common/document/pixels.ts";
import type { Raster } from "../../../common/raster.ts";
import type { Size } from "../assets/decode.ts";
import { toDepth } from "../assets/encode.ts";
import { resize } from "../resize.ts";
import { scaled, scaledDocument } from "../scaled-document.ts";
import { looksAlike } from "./looks-alike.ts";

type IntegerRaster = Raster<Uint8Array> | Raster<Uint16Array>;

/** Longest side of a document drawn small, in pixels. */
const longestSide = 1024;
/** Pixels of all small copies together. */
const mostPixels = 2 ** 27;

/** A document that is just being read, drawn small, to be compared with what it looked like elsewhere. */
export interface Preview {
  /** What a document is drawn at. */
  readonly size: Size;
  /** Remembers a picture or a mask, small. */
  add(asset: AssetHash, raster: IntegerRaster): Promise<void>;
  draw(document: Document): Raster<Float32Array>;
  /** Whether the document, as drawn, looks like a picture of the preview's size. */
  looksLike(drawn: Raster<Float32Array>, picture: Raster): boolean;
}

/**
 * @param document its own size
 * @param pixels of all layers and masks that will be added
 */
export function openPreview({ width, height }: Size, pixels: number): Preview {
  const factor = Math.min(
    1,
    longestSide / Math.max(width, height),
    Math.sqrt(mostPixels / Math.max(1, pixels)),
  );
  const size = { width: scaled(width, factor), height: scaled(height, factor) };
  const rasters = new Map<AssetHash, Raster>();
  return {
    size,
    async add(asset, raster) {
      const small = await resize(raster, {
        width: scaled(raster.width, factor),
        height: scaled(raster.height, factor),
        fit: "fill",
      });
      rasters.set(asset, toDepth(small, 8));
    },
    draw: (document) =>
      composite(
        scaledDocument(document, factor),
        (asset) => rasters.get(asset)!,
      ),
    looksLike: (drawn, picture) => looksAlike(drawn, asShown(picture)),
  };
}

/** A picture as the compositor shows it: RGBA, floats. */
function asShown(picture: Raster): Raster<Float32Array> {
  const { width, height } = picture;
  const samples = new Float32Array(4 * width * height);
  pixelsOf(picture).read({ x: 0, y: 0, width, height }, samples, 0, 4 * width);
  return { width, height, channels: 4, samples };
}
