import { Failure } from "../failure.ts";
import type { Document, Layer, MaskPlace } from "./document.ts";
import type { Applied, LayerGeometry, Operation } from "./operation.ts";

type SetGeometry = Extract<Operation, { kind: "setGeometry" }>;

/**
 * Gives a document another size and its layers and masks other places, in one walk over the tree.
 * @throws Failure `invalid` where a layer is named that is not there, or twice, or that has no transform or no mask
 */
export function setGeometry(
  document: Document,
  { size, layers }: SetGeometry,
): Applied {
  const wanted = new Map<string, LayerGeometry>();
  for (const geometry of layers) {
    if (wanted.has(geometry.layerId))
      throw new Failure(
        "invalid",
        `The layer with the id "${geometry.layerId}" is to be placed twice.`,
        { subject: geometry.layerId },
      );
    wanted.set(geometry.layerId, geometry);
  }
  const before: LayerGeometry[] = [];
  const placed = placeAll(document.layers, wanted, before);
  const [missing] = wanted.keys();
  if (missing !== undefined)
    throw new Failure(
      "invalid",
      `There is no layer with the id "${missing}".`,
      {
        subject: missing,
      },
    );
  const { width, height } = document;
  const inverse: Operation = {
    kind: "setGeometry",
    ...(size && { size: { width, height } }),
    layers: before,
  };
  if (placed === document.layers && !size) return { document, inverse };
  return { document: { ...document, ...size, layers: placed }, inverse };
}

/** @param wanted what has been placed is taken out of it */
function placeAll(
  layers: Layer[],
  wanted: Map<string, LayerGeometry>,
  before: LayerGeometry[],
): Layer[] {
  let changed = false;
  const placed = layers.map((layer) => {
    const next = withGeometry(layer, wanted, before);
    if (next.kind !== "group") {
      changed ||= next !== layer;
      return next;
    }
    const inner = placeAll(next.layers, wanted, before);
    const group = inner === next.layers ? next : { ...next, layers: inner };
    changed ||= group !== layer;
    return group;
  });
  return changed ? placed : layers;
}

function withGeometry(
  layer: Layer,
  wanted: Map<string, LayerGeometry>,
  before: LayerGeometry[],
): Layer {
  const geometry = wanted.get(layer.id);
  if (geometry === undefined) return layer;
  wanted.delete(layer.id);
  const { transform, mask } = geometry;
  const former: LayerGeometry = { layerId: layer.id };
  let next = layer;
  if (transform !== undefined) {
    if (next.kind === "group") throw lacking(layer, "place of its own");
    former.transform = next.transform;
    next = { ...next, transform };
  }
  if (mask !== undefined) {
    if (next.mask === null) throw lacking(layer, "mask");
    const { x, y, transform: own, ...kept } = next.mask;
    former.mask = placeOf({ x, y, transform: own });
    next = { ...next, mask: { ...kept, ...placeOf(mask) } };
  }
  before.push(former);
  return next;
}

/** The place without an explicit undefined, which a stored document would not keep. */
function placeOf({ x, y, transform }: MaskPlace): MaskPlace {
  return transform === undefined ? { x, y } : { x, y, transform };
}

function lacking(layer: Layer, part: string): Failure {
  return new Failure(
    "invalid",
    `The ${layer.kind} layer "${layer.name}" has no ${part}.`,
    { subject: layer.id },
  );
}
