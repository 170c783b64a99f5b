import { dirname, extname, join } from "node:path";
import type { DownloadItem, Session } from "electron/main";

/**
 * The page hands exports over as downloads; here each asks the artist where to, starting in the folder of the last one
 * (Electron would start in Downloads every time).
 */
export function askWhereToSave(session: Session): void {
  let lastFolder: string | null = null;
  session.on("will-download", (_event, item: DownloadItem) => {
    const name = item.getFilename();
    const extension = extname(name).slice(1);
    item.setSaveDialogOptions({
      defaultPath: lastFolder === null ? name : join(lastFolder, name),
      filters:
        extension === ""
          ? []
          : [{ name: extension.toUpperCase(), extensions: [extension] }],
    });
    item.once("done", (_done, state) => {
      if (state === "completed") lastFolder = dirname(item.getSavePath());
    });
  });
}
