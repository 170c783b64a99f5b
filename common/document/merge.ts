import { z } from "zod";
import { Failure } from "../failure.ts";
import type { Document, Layer, PictureLayer } from "./document.ts";
import type { Operation, Place } from "./operation.ts";
import { styleKey } from "./style-key.ts";
import { outermostLayers } from "./tree.ts";

/** What is to become one picture layer. */
export const mergeScopeSchema = z.discriminatedUnion("kind", [
  /** These, with all that is in them: several, or one group. */
  z.strictObject({
    kind: z.literal("layers"),
    layerIds: z.array(z.string()).min(1),
  }),
  /** Whatever can be seen; hidden layers stay. */
  z.strictObject({ kind: z.literal("visible") }),
  /** The whole document; hidden layers go, and so does what lies beyond its edges. */
  z.strictObject({ kind: z.literal("document") }),
]);
export type MergeScope = z.infer<typeof mergeScopeSchema>;

/** How layers become one. What is drawn is for the studio, which has the pixels. */
export interface MergePlan {
  /** Bottom first, to be drawn on a clear backdrop. */
  readonly drawn: readonly Layer[];
  /** What lies beyond the document's edges is cut off. */
  readonly cropped: boolean;
  /** Layers that go, each with all that is in it. */
  readonly removed: readonly string[];
  /** Where the merged layer goes when those are gone. */
  readonly at: Place;
  readonly look: Pick<PictureLayer, "name" | "opacity" | "blendMode" | "mask">;
  /** How many hidden layers go without having been drawn. */
  readonly leftOut: number;
}

/**
 * Plans a merge. Several layers become one with the name and blend mode of the lowest, in the place of the topmost; their
 * opacities and masks are drawn. A single group keeps its own.
 * @throws Failure `invalid` where there is nothing to merge, where one of the named layers is hidden, and where a style has
 * not been painted yet
 */
export function planMerge(document: Document, scope: MergeScope): MergePlan {
  const plan =
    scope.kind === "layers"
      ? mergedLayers(document, scope.layerIds)
      : scope.kind === "visible"
        ? mergedVisible(document)
        : flattened(document);
  refuseUnpainted(plan.drawn);
  return plan;
}

/** The merge as operations. @param merged of an id that is new */
export function mergeOperations(
  plan: MergePlan,
  merged: PictureLayer,
): Operation[] {
  return [
    ...plan.removed.map(
      (layerId): Operation => ({ kind: "removeLayer", layerId }),
    ),
    { kind: "addLayer", layer: merged, at: plan.at },
  ];
}

function mergedLayers(
  document: Document,
  layerIds: readonly string[],
): MergePlan {
  const places = outermostLayers(document, layerIds);
  const [lowest, ...others] = places;
  const top = places.at(-1);
  if (lowest === undefined || top === undefined) throw nothing();
  const hidden = places.find(({ layer }) => !layer.visible);
  if (hidden !== undefined)
    throw new Failure(
      "invalid",
      `“${hidden.layer.name}” is hidden and cannot be merged.`,
      { subject: hidden.layer.id, hint: "Show it, or leave it out." },
    );
  const { layer } = lowest;
  if (others.length === 0 && layer.kind !== "group") throw nothing();
  const { name, opacity, mask } = layer;
  const blendMode =
    layer.blendMode === "passThrough" ? "normal" : layer.blendMode;
  // The blend mode stays with the merged layer and must not count twice; nor must what a single group keeps.
  const first: Layer =
    others.length === 0
      ? { ...layer, blendMode: "normal", opacity: 1, mask: null }
      : { ...layer, blendMode: "normal" };
  const beside = places.filter(({ parent }) => parent === top.parent);
  return {
    drawn: [first, ...others.map((place) => place.layer)],
    cropped: false,
    removed: places.map((place) => place.layer.id),
    at: {
      parent: top.parent?.id ?? null,
      index: top.index - (beside.length - 1),
    },
    look:
      others.length === 0
        ? { name, opacity, blendMode, mask }
        : { name, opacity: 1, blendMode, mask: null },
    leftOut: hiddenIn(places.map((place) => place.layer)),
  };
}

function mergedVisible(document: Document): MergePlan {
  const drawn = document.layers.filter(({ visible }) => visible);
  const [lowest] = drawn;
  if (lowest === undefined) throw nothing();
  return {
    drawn,
    cropped: false,
    removed: visibleParts(drawn),
    at: { parent: null, index: document.layers.indexOf(lowest) },
    look: { name: lowest.name, opacity: 1, blendMode: "normal", mask: null },
    leftOut: 0,
  };
}

/** Ids of what can be seen; a group goes as a whole where nothing in it is hidden, and else stays around what is. */
function visibleParts(layers: readonly Layer[]): string[] {
  return layers.flatMap((layer) => {
    if (!layer.visible) return [];
    return layer.kind === "group" && hiddenIn([layer]) > 0
      ? visibleParts(layer.layers)
      : [layer.id];
  });
}

function flattened({ layers }: Document): MergePlan {
  return {
    drawn: layers,
    cropped: true,
    removed: layers.map(({ id }) => id),
    at: { parent: null, index: 0 },
    look: { name: "Flattened", opacity: 1, blendMode: "normal", mask: null },
    leftOut: hiddenIn(layers),
  };
}

/** How many layers are hidden; those in a hidden group count as one with it. */
function hiddenIn(layers: readonly Layer[]): number {
  let count = 0;
  for (const layer of layers)
    if (!layer.visible) count++;
    else if (layer.kind === "group") count += hiddenIn(layer.layers);
  return count;
}

/** Merging would fix the picture as it is without its style. */
function refuseUnpainted(layers: readonly Layer[]): void {
  for (const layer of layers) {
    if (!layer.visible) continue;
    if (layer.kind === "group") refuseUnpainted(layer.layers);
    if (layer.kind !== "styled" || layer.strength === 0) continue;
    const { result, style } = layer;
    if (result === null || styleKey(result.style) !== styleKey(style))
      throw new Failure(
        "invalid",
        `“${layer.name}” has not been painted yet.`,
        {
          subject: layer.id,
          hint: "Wait until its style is there, or hide it.",
        },
      );
  }
}

function nothing(): Failure {
  return new Failure("invalid", "There is nothing to merge here.", {
    hint: "Select several layers, or a group.",
  });
}
