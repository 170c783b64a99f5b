import { Maximize, Scan, SunMoon, ZoomIn, ZoomOut } from "lucide-react";
import { fitToWindow, zoomStep, zoomTo } from "../navigation.ts";
import { setTheme } from "../theme.ts";
import { type Action, onCanvas } from "./action.ts";

export const viewActions: readonly Action[] = [
  {
    name: "zoom-in",
    label: "Zoom in",
    group: "view",
    icon: ZoomIn,
    shortcuts: ["Mod+=", "Mod++"],
    applies: onCanvas,
    perform: (workspace) => zoomStep(workspace, "in"),
  },
  {
    name: "zoom-out",
    label: "Zoom out",
    group: "view",
    icon: ZoomOut,
    shortcuts: ["Mod+-"],
    applies: onCanvas,
    perform: (workspace) => zoomStep(workspace, "out"),
  },
  {
    name: "zoom-fit",
    label: "Fit to window",
    group: "view",
    icon: Maximize,
    shortcuts: ["Mod+0"],
    applies: onCanvas,
    perform: fitToWindow,
  },
  {
    name: "zoom-actual",
    label: "Actual size",
    group: "view",
    icon: Scan,
    shortcuts: ["Mod+1"],
    applies: onCanvas,
    perform: (workspace) => zoomTo(workspace, 1),
  },
  {
    name: "toggle-theme",
    label: "Light theme",
    group: "view",
    icon: SunMoon,
    startsSection: true,
    checked: (state) => state.theme === "light",
    perform: (workspace) =>
      setTheme(
        workspace,
        workspace.store.getState().theme === "light" ? "dark" : "light",
      ),
  },
];
