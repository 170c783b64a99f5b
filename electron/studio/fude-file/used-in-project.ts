import type {
  AssetHash,
  Document,
  Layer,
  StyleParameters,
} from "../../../common/document/document.ts";
import type { Step } from "../../../common/document/history.ts";
import type { Operation } from "../../../common/document/operation.ts";
import { walkLayers } from "../../../common/document/tree.ts";

/** What a project cannot do without. */
export interface Used {
  readonly assets: Set<AssetHash>;
  readonly models: Set<string>;
}

export function usedInDocument({ layers }: Document): Used {
  const used: Used = { assets: new Set(), models: new Set() };
  addLayers(used, layers);
  return used;
}

/** What moving along these steps can bring into the document. */
export function usedInSteps(steps: readonly Step[]): Used {
  const used: Used = { assets: new Set(), models: new Set() };
  for (const { operations, inverses } of steps)
    for (const operation of [...operations, ...inverses])
      addOperation(used, operation);
  return used;
}

function addOperation(used: Used, operation: Operation): void {
  if (operation.kind === "addLayer") addLayers(used, [operation.layer]);
  if (operation.kind !== "setLayer") return;
  const { source, mask, style, result } = operation.change;
  if (source) used.assets.add(source);
  if (mask?.asset) used.assets.add(mask.asset);
  if (result) used.assets.add(result.asset);
  if (style) addStyle(used, style);
}

function addLayers(used: Used, layers: readonly Layer[]): void {
  for (const { layer } of walkLayers(layers)) {
    if (layer.mask?.asset) used.assets.add(layer.mask.asset);
    if (layer.kind === "picture") used.assets.add(layer.asset);
    if (layer.kind !== "styled") continue;
    used.assets.add(layer.source);
    if (layer.result) used.assets.add(layer.result.asset);
    addStyle(used, layer.style);
  }
}

function addStyle({ models }: Used, { model, mix = [] }: StyleParameters) {
  models.add(model);
  for (const part of mix) models.add(part.model);
}
