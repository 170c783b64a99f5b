import type { Document, Layer, Mask } from "../../common/document/document.ts";
import { assetsOf, findLayer } from "../../common/document/tree.ts";
import { Failure } from "../../common/failure.ts";
import type { Raster } from "../../common/raster.ts";
import { encodePicture } from "./assets/encode.ts";
import type { Answers, Context } from "./context.ts";
import { renderComposite } from "./export/render.ts";
import type { OpenProjects } from "./open-projects.ts";
import { rasterOf } from "./pictures.ts";

/** What leaves by the clipboard, and what comes back by it. */
export function copyCalls(
  context: Context,
  projects: OpenProjects,
): Answers<"copyPixels" | "missingAssets"> {
  return {
    async copyPixels({ projectId, layerIds, within }) {
      const { past } = projects.get(projectId);
      const document = pickedFrom(past.document, layerIds, within);
      const rasters = new Map<string, Raster>();
      for (const asset of assetsOf(document))
        rasters.set(asset, await rasterOf(context, asset));
      const picture = await renderComposite(
        document,
        (asset) => rasters.get(asset)!,
      );
      // All of a picture keeps its size; what is picked from it is as large as there is something to see.
      const whole = layerIds === null && within === null;
      const { x, y, raster } = whole
        ? { x: 0, y: 0, raster: picture }
        : trimmed(picture);
      const png = await encodePicture(raster, { format: "png", depth: 8 });
      return { x, y, png: new Uint8Array(png) };
    },

    async missingAssets({ assets }) {
      const missing: string[] = [];
      for (const hash of assets)
        if (
          context.library.assets.find(hash) === undefined ||
          !(await context.assets.has(hash))
        )
          missing.push(hash);
      return missing;
    },
  };
}

/** The document with those layers alone, each as opaque as it can be, and nothing outside `within`. */
function pickedFrom(
  document: Document,
  layerIds: readonly string[] | null,
  within: Mask | null,
): Document {
  const layers =
    layerIds === null
      ? document.layers
      : layerIds.map((id) => aloneLayer(document, id));
  const picked: Layer = {
    kind: "group",
    id: "picked",
    name: "picked",
    visible: true,
    locked: false,
    opacity: 1,
    blendMode: "normal",
    mask: within,
    layers,
  };
  return { ...document, depth: 8, layers: [picked] };
}

function aloneLayer(document: Document, id: string): Layer {
  const layer = findLayer(document, id);
  if (layer === undefined)
    throw new Failure("not-found", `There is no layer ${id}.`, { subject: id });
  return { ...layer, visible: true, opacity: 1, blendMode: "normal" };
}

/** The part of a picture in which something is to be seen. */
function trimmed(picture: Raster): { x: number; y: number; raster: Raster } {
  const { width, height, samples } = picture;
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (samples[4 * (y * width + x) + 3] === 0) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  if (right < 0)
    throw new Failure("invalid", "There is nothing to be seen there to copy.", {
      hint: "Select another layer or another part of the picture.",
    });
  const size = { width: right - left + 1, height: bottom - top + 1 };
  const part = new Uint8Array(4 * size.width * size.height);
  for (let y = 0; y < size.height; y++) {
    const from = 4 * ((top + y) * width + left);
    part.set(samples.subarray(from, from + 4 * size.width), 4 * y * size.width);
  }
  return { x: left, y: top, raster: { ...size, channels: 4, samples: part } };
}
