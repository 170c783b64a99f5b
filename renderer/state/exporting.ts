import type { Input } from "../../common/contract/studio.ts";
import { settled } from "./edits.ts";
import { attempt, notify } from "./notices.ts";
import type { Workspace } from "./workspace.ts";

export type ExportFormat = Input<"exportProject">["format"];

/** What each format is good for, in the order in which they are offered. */
export const exportChoices: readonly {
  format: ExportFormat;
  label: string;
  about: string;
}[] = [
  {
    format: "fude",
    label: "Fude project",
    about: "Everything, history and own styles too",
  },
  {
    format: "psd",
    label: "Photoshop document",
    about: "Layers, masks and blend modes",
  },
  { format: "png", label: "PNG", about: "Lossless, with transparency" },
  { format: "jpeg", label: "JPEG", about: "Small, for sharing" },
  { format: "webp", label: "WebP", about: "Smaller, for the web" },
  { format: "tiff", label: "TIFF", about: "Lossless, for print" },
];

/** Renders the open project and hands the file to the artist as a download. */
export function exportProject(
  workspace: Workspace,
  format: ExportFormat,
): Promise<void> {
  return attempt(workspace, async () => {
    await settled(workspace);
    const { project, exporting } = workspace.store.getState();
    if (!project || exporting) return;
    workspace.store.setState({ exporting: true });
    try {
      const file = await workspace.host.call("exportProject", {
        projectId: project.confirmed.id,
        format,
      });
      download(file.name, file.bytes);
      notify(workspace, `${file.name} is ready.`);
    } finally {
      workspace.store.setState({ exporting: false });
    }
  });
}

function download(name: string, bytes: Uint8Array): void {
  const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)]));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // Long enough for a slow disk or a save dialog to have taken the bytes over.
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
