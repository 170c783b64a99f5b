import type { AssetHash, Layer } from "../../common/document/document.ts";
import { walkLayers } from "../../common/document/tree.ts";
import type { Context } from "./context.ts";

/** The colour profile that the lowest picture came with: a flat file leaves in the colours that the work began in. */
export function profileOf(
  context: Context,
  layers: readonly Layer[],
): AssetHash | null {
  for (const { layer } of walkLayers(layers)) {
    if (layer.kind === "group") continue;
    const asset = layer.kind === "picture" ? layer.asset : layer.source;
    return context.library.assets.get(asset).profile;
  }
  return null;
}
