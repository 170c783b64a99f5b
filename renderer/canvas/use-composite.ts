import type Konva from "konva";
import { type RefObject, useEffect, useLayoutEffect, useState } from "react";
import type { AssetHash, Document } from "../../common/document/document.ts";
import { assetsOf } from "../../common/document/tree.ts";
import { report } from "../state/notices.ts";
import { useWorkspace } from "../state/use-workspace.ts";
import { Bitmaps, longestShown } from "./compositing/bitmaps.ts";
import { Painter } from "./compositing/painter.ts";
import {
  assetsOfPlan,
  compositingPlan,
  originalOf,
  type Step,
} from "./compositing/plan.ts";
import { compositingScale } from "./view.ts";

/** A canvas with what it holds, so that nothing is painted twice. */
class Painted {
  readonly canvas = new OffscreenCanvas(1, 1);
  #key = "";

  update(
    painter: Painter,
    bitmaps: Bitmaps,
    document: Document,
    steps: readonly Step[],
    scale: number,
  ): void {
    const loaded = [...assetsOfPlan(steps)].map(
      (hash) => bitmaps.get(hash)?.image.width,
    );
    const key = JSON.stringify([
      steps,
      loaded,
      scale,
      document.width,
      document.height,
    ]);
    if (key === this.#key) return;
    painter.paint(this.canvas, steps, document, scale);
    this.#key = key;
  }
}

/** The document and its original, painted for the canvas; repaints `layer` as they change. */
export function useComposite(
  layer: RefObject<Konva.Layer | null>,
  document: Document,
  zoom: number,
  withOriginal: boolean,
): {
  result: OffscreenCanvas;
  original: OffscreenCanvas;
  ready: boolean;
  waiting: boolean;
} {
  const workspace = useWorkspace();
  const { host } = workspace;
  const [loads, setLoads] = useState(0);
  const [waiting, setWaiting] = useState(true);
  const [parts] = useState(() => {
    const bitmaps = new Bitmaps(host, {
      onLoaded: () => setLoads((count) => count + 1),
      onFailed: (error) => report(workspace, error),
    });
    const painter = new Painter((hash: AssetHash) => bitmaps.get(hash));
    return { bitmaps, painter, result: new Painted(), original: new Painted() };
  });
  const { bitmaps, painter, result, original } = parts;
  const scale = compositingScale(
    document,
    zoom,
    window.devicePixelRatio,
    longestShown,
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: `loads` counts pictures that have come in since
  useLayoutEffect(() => {
    const shown = assetsOf(document);
    bitmaps.keepOnly(shown);
    painter.keepOnly(shown);
    result.update(
      painter,
      bitmaps,
      document,
      compositingPlan(document.layers),
      scale,
    );
    if (withOriginal) {
      const { layers } = originalOf(document);
      original.update(
        painter,
        bitmaps,
        document,
        compositingPlan(layers),
        scale,
      );
    }
    setWaiting([...shown].some((hash) => bitmaps.isLoading(hash)));
    layer.current?.batchDraw();
  }, [
    document,
    scale,
    withOriginal,
    loads,
    bitmaps,
    painter,
    result,
    original,
    layer,
  ]);

  useEffect(() => () => bitmaps.dispose(), [bitmaps]);

  return {
    result: result.canvas,
    original: original.canvas,
    ready: loads > 0,
    waiting,
  };
}
