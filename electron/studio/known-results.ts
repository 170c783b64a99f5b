import type {
  AssetHash,
  Confinement,
  Document,
  Layer,
  StyleParameters,
} from "../../common/document/document.ts";
import {
  confinementOf,
  isCurrent,
  resultKey,
  resultOf,
} from "../../common/document/style-key.ts";

/** All that a result depends on. */
interface Asked {
  readonly source: AssetHash;
  readonly style: StyleParameters;
  readonly confinement?: Confinement | null | undefined;
}

/**
 * What the engine has made so far. A result depends on the picture, the style's parameters and the mask that confines it
 * alone, so that undo, redo and a second layer of the same look get theirs back without the engine.
 */
export class KnownResults {
  readonly #results = new Map<string, AssetHash>();

  add({ source, style, confinement }: Asked, result: AssetHash): void {
    this.#results.set(resultKey(source, style, confinement), result);
  }

  find({ source, style, confinement }: Asked): AssetHash | null {
    return this.#results.get(resultKey(source, style, confinement)) ?? null;
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
    const { source, style } = layer;
    const confinement = confinementOf(layer);
    const asset = this.find({ source, style, confinement });
    if (asset === null) return layer;
    return { ...layer, result: resultOf(asset, style, confinement) };
  }
}
