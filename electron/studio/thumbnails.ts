import { composite } from "../../common/document/compositor.ts";
import type { AssetHash, Document } from "../../common/document/document.ts";
import { assetsOf } from "../../common/document/tree.ts";
import type { Raster } from "../../common/raster.ts";
import { toDepth } from "./assets/encode.ts";
import type { Context } from "./context.ts";
import { throttle } from "./engine/throttle.ts";
import type { OpenProjects } from "./open-projects.ts";
import { smallRasterOf, storeRaster } from "./pictures.ts";
import { thumbnailSide } from "./resize.ts";
import { scaledDocument } from "./scaled-document.ts";

/** Milliseconds between two thumbnails of one project: nobody looks at them while the artist works. */
const beat = 5000;

/**
 * Keeps the projects' thumbnails up to date, at leisure.
 * @param projects asked for late, for the projects in turn ask for thumbnails
 */
export function keepThumbnails(context: Context, projects: () => OpenProjects) {
  let drawing = Promise.resolve();
  const draw = async (projectId: string) => {
    const { past } = projects().get(projectId);
    const thumbnail = await thumbnailOfDocument(context, past.document);
    projects().setThumbnail(projectId, thumbnail);
  };
  const { request, dispose } = throttle<string>(beat, (projectId) => {
    drawing = drawing
      .then(() => draw(projectId))
      // The project may be gone by now; and a thumbnail is never worth more than a line in the log.
      .catch((error: unknown) =>
        context.log.warn({ error, projectId }, "no thumbnail"),
      );
  });
  return {
    request,
    async close() {
      dispose();
      await drawing;
    },
  };
}

/** Composes the document at thumbnail size. */
async function thumbnailOfDocument(
  context: Context,
  document: Document,
): Promise<AssetHash> {
  const longest = Math.max(document.width, document.height);
  const factor = Math.min(1, thumbnailSide / longest);
  const rasters = new Map<AssetHash, Raster>();
  for (const asset of assetsOf(document))
    rasters.set(asset, await smallRasterOf(context, asset, factor));
  const picture = composite(
    scaledDocument(document, factor),
    (asset) => rasters.get(asset)!,
  );
  const { hash } = await storeRaster(context, toDepth(picture, 8));
  return hash;
}
