import {
  Download,
  FolderOpen,
  GraduationCap,
  Image,
  LayoutGrid,
} from "lucide-react";
import {
  type ExportFormat,
  exportChoices,
  exportProject,
} from "../exporting.ts";
import { acceptedPictures, askForFiles } from "../files.ts";
import { enterRoom } from "../navigation.ts";
import { attempt } from "../notices.ts";
import { takePictures } from "../projects.ts";
import type { Action } from "./action.ts";

const exportShortcuts: Partial<Record<ExportFormat, string[]>> = {
  fude: ["Mod+S"],
  psd: ["Mod+Shift+S"],
  png: ["Mod+Alt+Shift+W"],
};

export const fileActions: readonly Action[] = [
  {
    name: "open-pictures",
    label: "Open pictures…",
    group: "file",
    icon: FolderOpen,
    shortcuts: ["Mod+O"],
    perform: (workspace) => {
      attempt(workspace, async () => {
        const chosen = await askForFiles({
          accept: `${acceptedPictures},.fude`,
        });
        await takePictures(workspace, chosen.files);
      });
    },
  },
  {
    name: "show-projects",
    label: "Projects",
    group: "file",
    icon: LayoutGrid,
    startsSection: true,
    shortcuts: ["Alt+1"],
    checked: (state) => state.room === "projects",
    perform: (workspace) => enterRoom(workspace, "projects"),
  },
  {
    name: "show-canvas",
    label: "Canvas",
    group: "file",
    icon: Image,
    shortcuts: ["Alt+2"],
    checked: (state) => state.room === "canvas",
    perform: (workspace) => enterRoom(workspace, "canvas"),
  },
  {
    name: "show-train",
    label: "Train",
    group: "file",
    icon: GraduationCap,
    shortcuts: ["Alt+3"],
    checked: (state) => state.room === "train",
    perform: (workspace) => enterRoom(workspace, "train"),
  },
  ...exportChoices.map(
    ({ format, label }, index): Action => ({
      name: `export-${format}`,
      label: `Export ${label}`,
      group: "file",
      icon: Download,
      startsSection: index === 0,
      shortcuts: exportShortcuts[format] ?? [],
      applies: (state) => state.project !== null && !state.exporting,
      perform: (workspace) => {
        exportProject(workspace, format);
      },
    }),
  ),
];
