import type { AssetHash, Document } from "../../common/document/document.ts";
import { assetsOf, walkLayers } from "../../common/document/tree.ts";
import type { Raster } from "../../common/raster.ts";
import type { Answers, Context } from "./context.ts";
import { exportDocument } from "./export/export-document.ts";
import { packProject } from "./fude-file/pack-project.ts";
import type { OpenProjects } from "./open-projects.ts";
import { rasterOf } from "./pictures.ts";
import { plainFileName } from "./plain-file-name.ts";

const extensions = {
  png: ".png",
  jpeg: ".jpg",
  webp: ".webp",
  tiff: ".tif",
  psd: ".psd",
  fude: ".fude",
} as const;

export function exportCalls(
  context: Context,
  projects: OpenProjects,
): Answers<"exportProject"> {
  return {
    async exportProject({ projectId, format }) {
      const project = projects.get(projectId);
      const fileName = `${plainFileName(project.name)}${extensions[format]}`;
      if (format === "fude")
        return { name: fileName, bytes: await packProject(context, project) };
      const { document } = project.past;
      const rasters = new Map<AssetHash, Raster>();
      for (const asset of assetsOf(document))
        rasters.set(asset, await rasterOf(context, asset));
      const profile = profileOf(context, document);
      const bytes = await exportDocument(
        document,
        (asset) => rasters.get(asset)!,
        {
          format,
          ...(profile === null
            ? {}
            : { profilePath: context.assets.pathOf(profile, "icc") }),
        },
      );
      return { name: fileName, bytes: new Uint8Array(bytes) };
    },
  };
}

/** The colour profile that the lowest picture came with: a flat file leaves in the colours that the work began in. */
function profileOf(context: Context, document: Document): AssetHash | null {
  for (const { layer } of walkLayers(document.layers)) {
    if (layer.kind === "group") continue;
    const asset = layer.kind === "picture" ? layer.asset : layer.source;
    return context.library.assets.get(asset).profile;
  }
  return null;
}
