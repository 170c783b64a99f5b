import {
  ArrowLeftRight,
  BookOpen,
  Columns2,
  Eye,
  type LucideIcon,
  RefreshCw,
  Rows2,
  Search,
  SquareSplitHorizontal,
} from "lucide-react";
import {
  compareBy,
  compareByNextWay,
  setPeek,
  swapSides,
  toggleCompare,
} from "../compare.ts";
import type { CompareWay, PageState } from "../page-state.ts";
import { type Action, onCanvas } from "./action.ts";

const isComparing = (state: PageState) => onCanvas(state) && state.compare.on;

function way(name: CompareWay, label: string, icon: LucideIcon): Action {
  return {
    name: `compare-${name}`,
    label,
    group: "view",
    icon,
    applies: onCanvas,
    checked: ({ compare }) => compare.on && compare.way === name,
    perform: (workspace) => compareBy(workspace, name),
  };
}

/** Two looks of a picture against each other. None of it is part of the history. */
export const compareActions: readonly Action[] = [
  {
    name: "compare",
    label: "Compare",
    group: "view",
    icon: SquareSplitHorizontal,
    startsSection: true,
    shortcuts: ["Y"],
    applies: onCanvas,
    checked: (state) => state.compare.on,
    perform: toggleCompare,
  },
  way("columns", "Split left and right", Columns2),
  way("rows", "Split above and below", Rows2),
  way("beside", "Side by side", BookOpen),
  way("lens", "Lens", Search),
  {
    name: "compare-next",
    label: "Next way to compare",
    group: "view",
    icon: RefreshCw,
    shortcuts: ["Shift+Y"],
    applies: onCanvas,
    perform: compareByNextWay,
  },
  {
    name: "compare-swap",
    label: "Swap what is compared",
    group: "view",
    icon: ArrowLeftRight,
    shortcuts: ["Shift+X"],
    applies: isComparing,
    perform: swapSides,
  },
  {
    name: "peek-original",
    label: "Peek at original (hold)",
    group: "view",
    icon: Eye,
    shortcuts: ["\\"],
    applies: onCanvas,
    perform: (workspace) => setPeek(workspace, true),
    release: (workspace) => setPeek(workspace, false),
  },
];
