import type { AssetHash, Document } from "../../common/document/document.ts";
import { assetsOf, walkLayers } from "../../common/document/tree.ts";
import type { Raster } from "../../common/raster.ts";
import type { Answers, Context } from "./context.ts";
import { exportDocument } from "./export/export-document.ts";
import type { OpenProjects } from "./open-projects.ts";
import { rasterOf } from "./pictures.ts";

const extensions = {
  png: ".png",
  jpeg: ".jpg",
  webp: ".webp",
  tiff: ".tif",
  psd: ".psd",
} as const;

export function exportCalls(
  context: Context,
  projects: OpenProjects,
): Answers<"exportProject"> {
  return {
    async exportProject({ projectId, format }) {
      const { name, past } = projects.get(projectId);
      const { document } = past;
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
      return {
        name: `${fileName(name)}${extensions[format]}`,
        bytes: new Uint8Array(bytes),
      };
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

/** The project's name without what some file system does not take. */
function fileName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Windows refuses exactly these
  const clean = name.replace(/[\u0000-\u001f<>:"/\\|?*]/g, "-");
  return clean.replace(/[. ]+$/, "") || "picture";
}
