import type { LucideIcon } from "lucide-react";
import type { PageState } from "../page-state.ts";
import type { Workspace } from "../workspace.ts";

export const actionGroups = [
  "file",
  "edit",
  "image",
  "layer",
  "select",
  "view",
  "tools",
  "help",
] as const;
export type ActionGroup = (typeof actionGroups)[number];

/** What the group is called in the menu and on the shortcut sheet. */
export const groupLabels: Record<ActionGroup, string> = {
  file: "File",
  edit: "Edit",
  image: "Image",
  layer: "Layer",
  select: "Select",
  view: "View",
  tools: "Tools",
  help: "Help",
};

/** One thing that the artist can do. Menu, toolbar, keyboard and shortcut sheet all read this record. */
export interface Action {
  /** For programs: "undo". */
  readonly name: string;
  /** For people, as a menu shows it. */
  readonly label: string;
  /** What it is called just now, where that depends on what it would do. */
  labelNow?(state: PageState): string;
  readonly group: ActionGroup;
  readonly icon?: LucideIcon;
  /** A thin line in the menu above this one. */
  readonly startsSection?: boolean;
  /** As `shortcut.ts` reads them: "Mod+Shift+Z"; the first one is shown. */
  readonly shortcuts?: readonly string[];
  /** The browser makes an event of the key, to which the page listens: `listen-to-clipboard.ts`. */
  readonly byEvent?: boolean;
  /** Whether it can be done now; always, where it is left out. */
  applies?(state: PageState): boolean;
  /** For what is on or off. */
  checked?(state: PageState): boolean;
  perform(workspace: Workspace): void;
  /** For keys that work as long as they are held: what happens when the key comes up. */
  release?(workspace: Workspace): void;
}

/** What the action is called just now. */
export function labelOf(action: Action, state: PageState): string {
  return action.labelNow?.(state) ?? action.label;
}

/** Whether a picture is on the canvas and the canvas is in view. */
export function onCanvas(state: PageState): boolean {
  return state.project !== null && state.room === "canvas";
}
