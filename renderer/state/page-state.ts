import type { EngineDescription } from "../../common/contract/engine.ts";
import type {
  Dataset,
  Job,
  ProjectState,
  ProjectSummary,
  Style,
  TrashedProject,
} from "../../common/contract/studio.ts";
import type { Affine } from "../../common/document/affine.ts";
import type { AssetHash, Document } from "../../common/document/document.ts";
import type {
  LayerChange,
  Operation,
} from "../../common/document/operation.ts";
import type { Region } from "../../common/document/region.ts";
import type { Coverage } from "../../common/selection/coverage.ts";
import type { Quality } from "../../common/training-quality.ts";
import type { SnapLine } from "../canvas/box-maps.ts";
import type { Point, Size, View } from "../canvas/view.ts";
import type { ConnectionState } from "../host/host.ts";
import { initialToolOptions, type ToolOptions } from "./tool-options.ts";

export type Room = "projects" | "canvas" | "train";
export type ToolName =
  | "move"
  | "crop"
  | "brush"
  | "eraser"
  | "rectangle"
  | "ellipse"
  | "lasso"
  | "polygon"
  | "wand"
  | "gradient"
  | "hand"
  | "zoom";
export type Theme = "dark" | "light";

/** One step of history that was made here and that the studio has not confirmed yet. */
export interface PendingStep {
  readonly label: string;
  readonly operations: readonly Operation[];
}

/** The project on the canvas: what the studio last said, and what was done here since. */
export interface OpenProject {
  readonly confirmed: ProjectState;
  readonly pending: readonly PendingStep[];
  /** `confirmed.document` with the pending steps applied. */
  readonly document: Document;
}

/** A change that a hand is making right now: shown, not yet part of the document. */
export interface Preview {
  readonly layerIds: readonly string[];
  readonly change: LayerChange;
}

/** How two looks of a picture are laid against each other; `beside` is the only one that halves the window. */
export const compareWays = ["columns", "rows", "beside", "lens"] as const;
export type CompareWay = (typeof compareWays)[number];

/** One of the two looks. */
export type ComparedSide =
  | { readonly kind: "original" }
  | { readonly kind: "result" }
  /** A styled layer alone over its source. */
  | { readonly kind: "layer"; readonly layerId: string }
  /** The document after an earlier step of the history. */
  | {
      readonly kind: "earlier";
      readonly step: number;
      readonly label: string;
      readonly document: Document;
    };

/** What a styled layer shows in place of a result that is not there yet. */
export interface StyleDraft {
  readonly layerId: string;
  /** What is wanted, by `draftKey`: a layer that wants something else by now shows its own result. */
  readonly key: string;
  /** The newest picture that came in for this drag, by its stand-in in `StyleDrafts`; null before the first. */
  readonly picture: AssetHash | null;
}

/** Layers that a hand is transforming right now: shown, not yet part of the document. */
export interface Transforming {
  readonly operation: Operation;
  readonly map: Affine;
  /** What they are aligned with. */
  readonly lines: readonly SnapLine[];
}

/** Where Escape leads back to while layers are transformed: the history as it was before the first change. */
export interface TransformMark {
  readonly projectId: string;
  /** Of what layers. */
  readonly selected: string;
  readonly position: number;
}

export interface Compare {
  readonly on: boolean;
  readonly way: CompareWay;
  /** Left or above or under the lens, and what it is compared with. */
  readonly sides: readonly [ComparedSide, ComparedSide];
  /** Where the divider stands, as a fraction of the document's width or height. */
  readonly position: number;
  /** The middle of the lens, in document pixels; null: of the document. */
  readonly lens: Point | null;
  /** The original is held up to the light. */
  readonly peek: boolean;
}

export const initialCompare: Compare = {
  on: false,
  way: "columns",
  sides: [{ kind: "original" }, { kind: "result" }],
  position: 0.5,
  lens: null,
  peek: false,
};

/** How the selected layer's mask lies over the picture. */
export type MaskView = "none" | "overlay" | "grey";

/** One layer that is looked at without the others, and what was hidden for it. */
export interface Solo {
  readonly layerIds: readonly string[];
  /** What takes it back. */
  readonly back: readonly Operation[];
}

/** Layers that the studio is making one of. */
export interface Merging {
  readonly projectId: string;
  /** 0 to 1. */
  readonly progress: number;
  /** By `performance.now()`. */
  readonly begun: number;
}

/** A line that a hand is drawing, in document pixels. */
export interface Outline {
  readonly points: readonly Point[];
  /** Whether the last point joins the first. */
  readonly closed: boolean;
}

/** A sentence for the artist. */
export interface Notice {
  readonly id: number;
  readonly tone: "plain" | "failure";
  readonly message: string;
  readonly hint: string | null;
}

/** A folder on its way to the studio. */
export interface DatasetDraft {
  readonly dataset: Dataset | null;
  /** Files handed over so far, of those chosen. */
  readonly sent: number;
  readonly total: number;
  /** The folder's name, to call the style by. */
  readonly folder: string;
}

export const emptyDraft: DatasetDraft = {
  dataset: null,
  sent: 0,
  total: 0,
  folder: "",
};

/** A picture whose style is being made. */
export interface PendingStyle {
  readonly id: string;
  readonly name: string;
  /** Address of the picture, for as long as it is pending. */
  readonly picture: string;
}

export interface TrainingDraft {
  readonly drawings: DatasetDraft;
  readonly photos: DatasetDraft;
  readonly name: string;
  readonly quality: Quality;
  readonly estimate: TrainingEstimate;
}

/** What is known of a training before it starts. */
export interface TrainingEstimate {
  /** It is being found out. */
  readonly timing: boolean;
  readonly minutes: Readonly<Partial<Record<Quality, number>>> | null;
  readonly advice: readonly string[];
}

const noEstimate: TrainingEstimate = {
  timing: false,
  minutes: null,
  advice: [],
};

/** All that the page shows. Only `state/` changes it; panels and canvas show it. */
export interface PageState {
  readonly connection: ConnectionState;
  readonly room: Room;
  readonly theme: Theme;
  readonly engine: {
    readonly state: "starting" | "ready" | "lost";
    readonly description: EngineDescription | null;
  };
  /** Those that are not in the trash, the one changed last first. */
  readonly projects: readonly ProjectSummary[] | null;
  readonly trash: readonly TrashedProject[];
  readonly project: OpenProject | null;
  /** Name of the picture or project that is on its way. */
  readonly opening: string | null;
  /** The layer that commands go to; of several that are selected the one that was selected last. */
  readonly selection: string | null;
  /** Layers that are selected together, for as long as `selection` is one of them; see `layer-selection.ts`. */
  readonly selectedTogether: readonly string[];
  /** Groups whose layers are not listed. */
  readonly folded: ReadonlySet<string>;
  readonly solo: Solo | null;
  readonly merging: Merging | null;
  /** The layer whose name is being typed. */
  readonly renaming: string | null;
  readonly preview: Preview | null;
  readonly styleDraft: StyleDraft | null;
  readonly transforming: Transforming | null;
  readonly transformMark: TransformMark | null;
  /** The frame of a crop; null is the whole document. */
  readonly crop: Region | null;
  /** The dialog that asks for a size. */
  readonly sizing: "canvas" | "image" | null;
  /** Sizes of the pictures that have been loaded. */
  readonly pictureSizes: ReadonlyMap<AssetHash, Size>;
  readonly view: View;
  readonly viewport: Size;
  /** The view follows the window until the artist moves it. */
  readonly fitted: boolean;
  readonly tool: ToolName;
  /** Held for as long as a key is down, in place of `tool`. */
  readonly borrowedTool: ToolName | null;
  readonly toolOptions: ToolOptions;
  /** What is chosen of the picture; null: nothing. */
  readonly area: Coverage | null;
  readonly outline: Outline | null;
  /** Commands go to the selected layer's mask rather than to the layer. */
  readonly maskTargeted: boolean;
  readonly maskView: MaskView;
  readonly compare: Compare;
  readonly styles: readonly Style[] | null;
  readonly pendingStyles: readonly PendingStyle[];
  readonly jobs: readonly Job[];
  readonly draft: TrainingDraft;
  /** The training shown in the train room; null shows the form. */
  readonly shownTraining: string | null;
  readonly exporting: boolean;
  readonly shortcutsShown: boolean;
  readonly notices: readonly Notice[];
}

export const initialState: PageState = {
  connection: "connecting",
  room: "projects",
  theme: "dark",
  engine: { state: "starting", description: null },
  projects: null,
  trash: [],
  project: null,
  opening: null,
  selection: null,
  selectedTogether: [],
  folded: new Set(),
  solo: null,
  merging: null,
  renaming: null,
  preview: null,
  styleDraft: null,
  transforming: null,
  transformMark: null,
  crop: null,
  sizing: null,
  pictureSizes: new Map(),
  view: { zoom: 1, x: 0, y: 0 },
  viewport: { width: 0, height: 0 },
  fitted: true,
  tool: "move",
  borrowedTool: null,
  toolOptions: initialToolOptions,
  area: null,
  outline: null,
  maskTargeted: false,
  maskView: "none",
  compare: initialCompare,
  styles: null,
  pendingStyles: [],
  jobs: [],
  draft: {
    drawings: emptyDraft,
    photos: emptyDraft,
    name: "",
    quality: "good",
    estimate: noEstimate,
  },
  shownTraining: null,
  exporting: false,
  shortcutsShown: false,
  notices: [],
};
