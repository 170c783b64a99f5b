import type { AssetHash } from "../../common/document/document.ts";
import { assetsOf } from "../../common/document/tree.ts";
import type { Raster } from "../../common/raster.ts";
import type { Answers, Context } from "./context.ts";
import { exportDocument } from "./export/export-document.ts";
import { packProject } from "./fude-file/pack-project.ts";
import type { OpenProjects } from "./open-projects.ts";
import { rasterOf } from "./pictures.ts";
import { plainFileName } from "./plain-file-name.ts";
import { profileOf } from "./profile-of.ts";

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
      const profile = profileOf(context, document.layers);
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
