import type {
  Document,
  PictureLayer,
  StyledLayer,
} from "../../../common/document/document.ts";
import { findLayer, walkLayers } from "../../../common/document/tree.ts";
import type { ComparedSide } from "../../state/page-state.ts";
import { originalOf } from "./plan.ts";

/** What one side of a comparison shows. A layer that is gone gives way to the document itself. */
export function comparedDocument(
  document: Document,
  side: ComparedSide,
): Document {
  switch (side.kind) {
    case "original":
      return originalOf(document);
    case "result":
      return document;
    case "layer": {
      const layer = findLayer(document, side.layerId);
      return layer?.kind === "styled" ? aloneOf(document, layer) : document;
    }
    case "earlier":
      return side.document;
  }
}

/** A styled layer alone over its source, whatever the document makes of it. */
function aloneOf(document: Document, layer: StyledLayer): Document {
  const source: PictureLayer = {
    id: `${layer.id.slice(0, 56)} source`,
    name: layer.name,
    kind: "picture",
    visible: true,
    locked: false,
    opacity: 1,
    blendMode: "normal",
    mask: null,
    transform: layer.transform,
    asset: layer.source,
  };
  return { ...document, layers: [source, { ...layer, visible: true }] };
}

/** The styled layers that can be looked at alone, the topmost first. */
export function styledLayersOf(document: Document): StyledLayer[] {
  return [...walkLayers(document.layers)]
    .map(({ layer }) => layer)
    .filter((layer): layer is StyledLayer => layer.kind === "styled")
    .reverse();
}

/** What a side is called. */
export function sideName(document: Document, side: ComparedSide): string {
  switch (side.kind) {
    case "original":
      return "Original";
    case "result":
      return "Result";
    case "layer":
      return findLayer(document, side.layerId)?.name ?? "Result";
    case "earlier":
      return side.label;
  }
}
