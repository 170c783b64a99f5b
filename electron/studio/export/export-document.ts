import type { exportFormats } from "../../../common/contract/studio.ts";
import type { RasterOf } from "../../../common/document/coverage.ts";
import type { Document } from "../../../common/document/document.ts";
import { encodePicture } from "../assets/encode.ts";
import { withoutFullAlpha } from "../assets/without-full-alpha.ts";
import { exportPsd } from "./export-psd.ts";
import { renderComposite } from "./render.ts";

export type ExportFormat = Exclude<(typeof exportFormats)[number], "fude">;

export interface ExportOptions {
  readonly format: ExportFormat;
  /** 1 to 100, for JPEG and WebP. */
  readonly quality?: number;
  /** Path of an ICC profile to convert to; sRGB without it. Not for PSD. */
  readonly profilePath?: string;
}

/**
 * Renders a document to a file's bytes. PNG, TIFF and PSD keep the document's depth. A PSD holds the layers as well.
 * @param rasterOf pixels of the assets that the document uses
 * @throws Failure `damaged` where a styled result does not fit its source, and whatever `rasterOf` throws
 */
export async function exportDocument(
  document: Document,
  rasterOf: RasterOf,
  options: ExportOptions,
): Promise<Uint8Array> {
  const composite = withoutFullAlpha(await renderComposite(document, rasterOf));
  const { format } = options;
  if (format === "psd") return exportPsd(document, rasterOf, composite);
  return encodePicture(composite, {
    ...options,
    format,
    depth: document.depth,
  });
}
