import type { Document, Layer } from "./document.ts";
import type { Operation } from "./operation.ts";
import { locateLayer } from "./tree.ts";

/**
 * Operations after which some layers show and no others do. What lies in those layers stays as it is, and so does what
 * lies in a group that is hidden as a whole.
 * @returns none where it is so already
 */
export function showOnly(
  document: Document,
  layerIds: Iterable<string>,
): Operation[] {
  const shown = new Set(layerIds);
  const around = new Set<string>();
  for (const id of shown)
    for (
      let parent = locateLayer(document, id)?.parent ?? null;
      parent !== null;
      parent = locateLayer(document, parent.id)?.parent ?? null
    )
      around.add(parent.id);
  const within = (layers: readonly Layer[]): Operation[] =>
    layers.flatMap((layer) => {
      const visible = shown.has(layer.id) || around.has(layer.id);
      const change: Operation[] =
        layer.visible === visible
          ? []
          : [{ kind: "setLayer", layerId: layer.id, change: { visible } }];
      const goesOn = around.has(layer.id) && !shown.has(layer.id);
      return layer.kind === "group" && goesOn
        ? [...change, ...within(layer.layers)]
        : change;
    });
  return within(document.layers);
}
