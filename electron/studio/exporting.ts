import type { AssetHash } from "../../common/document/document.ts";
import { assetsOf } from "../../common/document/tree.ts";
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
      const bytes = await exportDocument(
        document,
        (asset) => rasters.get(asset)!,
        { format },
      );
      return {
        name: `${fileName(name)}${extensions[format]}`,
        bytes: new Uint8Array(bytes),
      };
    },
  };
}

/** The project's name without what some file system does not take. */
function fileName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Windows refuses exactly these
  const clean = name.replace(/[\u0000-\u001f<>:"/\\|?*]/g, "-");
  return clean.replace(/[. ]+$/, "") || "picture";
}
