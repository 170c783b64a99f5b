import type { Point } from "../canvas/view.ts";
import type { PageState } from "./page-state.ts";

/** Where something that is dropped goes. */
export type DropSpot =
  /** It begins a project. */
  | { readonly kind: "project" }
  /** Its drawings are learned from. */
  | { readonly kind: "drawings" }
  /** It becomes a layer in the middle, above the selected one. */
  | { readonly kind: "layer" }
  /** It becomes a layer whose middle is there, in document pixels. */
  | { readonly kind: "point"; readonly at: Point }
  /** It becomes a layer right above another. */
  | { readonly kind: "above"; readonly layerId: string };

/** What lies under the pointer. */
export interface Under {
  /** Where on the canvas, in document pixels. */
  readonly point: Point | null;
  /** Which row of the layers panel. */
  readonly layerId: string | null;
}

export function dropSpot(
  { room, project }: Pick<PageState, "room" | "project">,
  { point, layerId }: Under,
): DropSpot {
  if (room === "train") return { kind: "drawings" };
  if (room !== "canvas" || project === null) return { kind: "project" };
  if (layerId !== null) return { kind: "above", layerId };
  if (point === null) return { kind: "layer" };
  const { width, height } = project.document;
  const within = (value: number, most: number) =>
    Math.min(most, Math.max(0, value));
  return {
    kind: "point",
    at: { x: within(point.x, width), y: within(point.y, height) },
  };
}

/** What the artist is told about a spot. @param nameOf a layer's name */
export function spotWords(
  spot: DropSpot,
  nameOf: (layerId: string) => string,
): string {
  switch (spot.kind) {
    case "project":
      return "Open as a project";
    case "drawings":
      return "Learn from these drawings";
    case "layer":
      return "Add as a layer";
    case "point":
      return "Add as a layer, here";
    case "above":
      return `Add above ${nameOf(spot.layerId)}`;
  }
}
