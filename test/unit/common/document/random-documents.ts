import * as fc from "fast-check";
import { about, turning } from "../../../../common/document/affine.ts";
import { blendModes } from "../../../../common/document/blend-mode.ts";
import {
  type Document,
  type GroupLayer,
  identityTransform,
  type Layer,
  maximumDepth,
  type PictureLayer,
  type StyledLayer,
} from "../../../../common/document/document.ts";
import {
  mapLayers,
  reframe,
  rescale,
} from "../../../../common/document/geometry.ts";
import type {
  LayerChange,
  Operation,
  Place,
} from "../../../../common/document/operation.ts";
import { heightOf, walkLayers } from "../../../../common/document/tree.ts";

const common = {
  name: "",
  visible: true,
  locked: false,
  opacity: 1,
  mask: null,
};

/** An asset's hash that ends in a number. */
export function hash(number: number): string {
  return number.toString(16).padStart(64, "0");
}

export function picture(
  id: string,
  changes: Partial<PictureLayer> = {},
): PictureLayer {
  return {
    ...common,
    id,
    name: id,
    kind: "picture",
    blendMode: "normal",
    transform: identityTransform,
    asset: hash(1),
    ...changes,
  };
}

export function styled(
  id: string,
  changes: Partial<StyledLayer> = {},
): StyledLayer {
  return {
    ...common,
    id,
    name: id,
    kind: "styled",
    blendMode: "normal",
    transform: identityTransform,
    source: hash(1),
    style: { model: "ink", brushSize: 1 },
    strength: 1,
    colourKeeping: 0,
    result: null,
    ...changes,
  };
}

export function group(
  id: string,
  layers: Layer[],
  changes: Partial<GroupLayer> = {},
): GroupLayer {
  return {
    ...common,
    id,
    name: id,
    kind: "group",
    blendMode: "passThrough",
    layers,
    ...changes,
  };
}

export function documentOf(layers: Layer[], width = 64, height = 48): Document {
  return { version: 3, width, height, depth: 8, layers };
}

/** Numbers that `operationFrom` turns into an operation that fits whatever document there is by then. */
export type Choice = readonly [
  kind: number,
  layer: number,
  parent: number,
  index: number,
  value: number,
];
export const choice: fc.Arbitrary<Choice> = fc.tuple(
  fc.nat(11),
  fc.nat(99),
  fc.nat(99),
  fc.nat(99),
  fc.nat(999),
);

/** A valid operation on a document. `serial` makes new ids; it must not come twice. */
export function operationFrom(
  document: Document,
  [kind, layer, parent, index, value]: Choice,
  serial: number,
): Operation {
  const places = [...walkLayers(document.layers)];
  const chosen = places[layer % Math.max(places.length, 1)];
  if (chosen === undefined || kind < 3) {
    const added = newLayer(value, serial);
    return {
      kind: "addLayer",
      layer: added,
      at: placeFor(document, added, parent, index),
    };
  }
  const layerId = chosen.layer.id;
  if (kind > 9) return geometryFrom(document, value);
  if (kind < 4) return { kind: "removeLayer", layerId };
  if (kind < 6)
    return {
      kind: "moveLayer",
      layerId,
      to: placeFor(document, chosen.layer, parent, index),
    };
  return {
    kind: "setLayer",
    layerId,
    change: changeFor(chosen.layer, value),
  };
}

/** What transforms, crops and resizing do to all layers. */
function geometryFrom(document: Document, value: number): Operation {
  const { width, height } = document;
  if (value % 3 === 0)
    return reframe(document, { x: value % 7, y: -3, width: 50, height: 40 });
  if (value % 3 === 1)
    return rescale(document, { width: (value % 90) + 1, height: height + 1 });
  const layerIds = new Set(document.layers.map((layer) => layer.id));
  const middle = { x: width / 2, y: height / 2 };
  return mapLayers(document, layerIds, about(middle, turning(value)));
}

function newLayer(value: number, serial: number): Layer {
  const id = `layer-${serial}`;
  if (value % 3 === 0) return picture(id);
  if (value % 3 === 1) return styled(id);
  return group(id, value % 2 ? [picture(`${id}-a`), group(`${id}-b`, [])] : []);
}

/** A place where the layer may go: in no group of its own, and not too deep. */
function placeFor(
  document: Document,
  layer: Layer,
  parent: number,
  index: number,
): Place {
  const own = new Set([...walkLayers([layer])].map((place) => place.layer.id));
  const parents: (GroupLayer | null)[] = [null];
  for (const place of walkLayers(document.layers))
    if (
      place.layer.kind === "group" &&
      !own.has(place.layer.id) &&
      place.depth + heightOf(layer) <= maximumDepth
    )
      parents.push(place.layer);
  const chosen = parents[parent % parents.length] ?? null;
  const siblings = (chosen ?? document).layers.filter(
    (sibling) => sibling.id !== layer.id,
  );
  return {
    parent: chosen?.id ?? null,
    index: index % (siblings.length + 1),
  };
}

function changeFor(layer: Layer, value: number): LayerChange {
  const changes: LayerChange[] = [
    { name: `name ${value}` },
    { opacity: value / 999 },
    { visible: value % 2 === 0, locked: value % 4 < 2 },
    { blendMode: blendModes[value % blendModes.length] },
    {
      mask:
        value % 2
          ? null
          : {
              asset: value % 4 ? hash(2) : null,
              x: value,
              y: -value,
              outside: 0.5,
              enabled: true,
            },
    },
  ];
  if (layer.kind === "group") changes.push({ blendMode: "passThrough" });
  else changes.push({ transform: { ...identityTransform, x: value } });
  if (layer.kind === "styled")
    changes.push(
      { strength: value / 999 },
      { colourKeeping: value / 999, strength: 1 - value / 999 },
      { style: { model: `model-${value}`, brushSize: 2 } },
      { result: { asset: hash(value), style: layer.style } },
    );
  return changes[value % changes.length]!;
}
