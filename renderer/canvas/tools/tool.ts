import type { Affine } from "../../../common/document/affine.ts";
import type { Region } from "../../../common/document/region.ts";
import type { Combination } from "../../../common/selection/combine.ts";
import type { StrokePoint } from "../../../common/selection/stroke-path.ts";
import type { Outline } from "../../state/page-state.ts";
import type { SnapLine, SnapTargets } from "../box-maps.ts";
import type { FrameRules } from "../crop-frame.ts";
import type { Box } from "../transform-box.ts";
import type { Point, View } from "../view.ts";

/** Where the pointer is and what is held with it. */
export interface ToolPointer {
  /** Pixels of the window, from the stage's corner. */
  readonly window: Point;
  /** Pixels of the document. */
  readonly document: Point;
  /** Every place since the last event, in document pixels, this one last: pens report more often than pages are told. */
  readonly trail: readonly StrokePoint[];
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** A stroke that a tool is making. */
interface Stroke {
  add(points: readonly StrokePoint[]): void;
  commit(): void;
  cancel(): void;
}

/** A fade whose end a tool is placing. */
interface Fade {
  end(at: Point): void;
  commit(): void;
  cancel(): void;
}

/** What tools can do to the page. */
export interface ToolContext {
  panBy(by: Point): void;
  zoomBy(factor: number, anchor: Point): void;
  zoomStep(direction: "in" | "out", anchor: Point): void;
  view(): View;
  /** What is selected, where it can be transformed: neither locked nor hidden. */
  transformBox(): Box | null;
  snapTargets(): SnapTargets;
  previewTransform(map: Affine, lines: readonly SnapLine[]): void;
  endTransform(): void;
  /** @param verb what was done, for the history: "Move" */
  commitTransform(verb: string, map: Affine): void;
  /** What was transformed stays so. */
  acceptTransforms(): void;
  /** Back to what was before the first transform since the last was accepted. */
  revertTransforms(): void;
  cropFrame(): Region;
  /** Whether the frame is not the whole document. */
  isCropping(): boolean;
  frameRules(): Pick<FrameRules, "ratio" | "targets">;
  /** @param frame null: the whole document again */
  showFrame(frame: Region | null): void;
  applyCrop(): void;
  /** Null where there is no mask to paint on. */
  beginStroke(how: "show" | "hide"): Stroke | null;
  /** Shows a line as it is being drawn, or takes it away. */
  drawOutline(outline: Outline | null): void;
  /** What a new selection does to the one that is there, unless keys say otherwise. */
  combination(): Combination;
  chooseWithin(outline: readonly Point[], how: Combination): void;
  chooseNothing(): void;
  chooseLike(point: Point, how: Combination): void;
  /** Null where there is no mask to fade. */
  beginFade(from: Point): Fade | null;
}

/** One state of a tool. A handler answers with the state to go to, or with nothing to stay. */
export interface ToolState {
  readonly name: string;
  /** A CSS cursor. */
  readonly cursor: string;
  onEnter?(): void;
  onPointerDown?(pointer: ToolPointer): ToolState | undefined;
  onPointerMove?(pointer: ToolPointer): ToolState | undefined;
  onPointerUp?(pointer: ToolPointer): ToolState | undefined;
  /** Enter. */
  onConfirm?(): ToolState | undefined;
  /** Escape, or the pointer was taken away. */
  onCancel?(): ToolState | undefined;
  onExit?(): void;
}

/** Runs one tool: holds the state that it is in and carries it from state to state. */
export class ToolChart {
  #state: ToolState;

  constructor(idle: ToolState) {
    this.#state = idle;
    idle.onEnter?.();
  }

  get state(): ToolState {
    return this.#state;
  }

  pointerDown(pointer: ToolPointer): void {
    this.#goTo(this.#state.onPointerDown?.(pointer));
  }

  pointerMove(pointer: ToolPointer): void {
    this.#goTo(this.#state.onPointerMove?.(pointer));
  }

  pointerUp(pointer: ToolPointer): void {
    this.#goTo(this.#state.onPointerUp?.(pointer));
  }

  confirm(): void {
    this.#goTo(this.#state.onConfirm?.());
  }

  cancel(): void {
    this.#goTo(this.#state.onCancel?.());
  }

  #goTo(next: ToolState | undefined): void {
    if (!next) return;
    this.#state.onExit?.();
    this.#state = next;
    next.onEnter?.();
  }
}

/** A press becomes a drag when the pointer has gone so far, in window pixels. */
const dragDistance = 3;

export function isDrag(from: ToolPointer, to: ToolPointer): boolean {
  return (
    Math.hypot(to.window.x - from.window.x, to.window.y - from.window.y) >=
    dragDistance
  );
}
