import type {
  AssetHash,
  Document,
  Layer,
  StyledLayer,
  StyleParameters,
} from "../../common/document/document.ts";
import { styleKey } from "../../common/document/style-key.ts";

/**
 * What the engine has made so far. A result depends on the picture and the style's parameters alone, so that undo, redo and
 * a second layer of the same look get theirs back without the engine.
 */
export class KnownResults {
  readonly #results = new Map<string, AssetHash>();

  add(source: AssetHash, style: StyleParameters, result: AssetHash): void {
    this.#results.set(keyOf(source, style), result);
  }

  find(source: AssetHash, style: StyleParameters): AssetHash | null {
    return this.#results.get(keyOf(source, style)) ?? null;
  }

  /** Gives each styled layer whose result is missing or of another style the right one, where it is known. */
  attach(document: Document): Document {
    const layers = this.#attachTo(document.layers);
    return layers === document.layers ? document : { ...document, layers };
  }

  #attachTo(layers: Layer[]): Layer[] {
    let changed = false;
    const attached = layers.map((layer) => {
      const next = this.#withResult(layer);
      changed ||= next !== layer;
      return next;
    });
    return changed ? attached : layers;
  }

  #withResult(layer: Layer): Layer {
    if (layer.kind === "group") {
      const layers = this.#attachTo(layer.layers);
      return layers === layer.layers ? layer : { ...layer, layers };
    }
    if (layer.kind !== "styled" || isCurrent(layer)) return layer;
    const asset = this.find(layer.source, layer.style);
    return asset === null
      ? layer
      : { ...layer, result: { asset, style: layer.style } };
  }
}

/** Whether the layer's result was made with the parameters that the layer has now. */
function isCurrent({ result, style }: StyledLayer): boolean {
  return result !== null && styleKey(result.style) === styleKey(style);
}

function keyOf(source: AssetHash, style: StyleParameters): string {
  return `${source} ${styleKey(style)}`;
}
