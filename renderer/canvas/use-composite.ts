import type Konva from "konva";
import { type RefObject, useEffect, useLayoutEffect, useState } from "react";
import type { AssetHash, Document } from "../../common/document/document.ts";
import { type Region, unite } from "../../common/document/region.ts";
import { assetsOf } from "../../common/document/tree.ts";
import { report } from "../state/notices.ts";
import { useWorkspace } from "../state/use-workspace.ts";
import { Bitmaps, longestShown } from "./compositing/bitmaps.ts";
import { Painter, type PixelSources } from "./compositing/painter.ts";
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
  #steps: readonly Step[] = [];
  #scale = 1;

  update(
    painter: Painter,
    { bitmapOf, maskOf }: PixelSources,
    document: Document,
    steps: readonly Step[],
    scale: number,
  ): void {
    const { pictures, masks } = assetsOfPlan(steps);
    const loaded = [
      ...[...pictures].map((hash) => bitmapOf(hash)?.image.width),
      ...[...masks].map((hash) => maskOf(hash)?.width),
    ];
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
    this.#steps = steps;
    this.#scale = scale;
  }

  /** @param part in document pixels, where a mask has changed */
  repaint(painter: Painter, part: Region): void {
    painter.repaint(this.canvas, this.#steps, this.#scale, part);
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
  const { host, masks } = workspace;
  const [loads, setLoads] = useState(0);
  const [waiting, setWaiting] = useState(true);
  const [parts] = useState(() => {
    const bitmaps = new Bitmaps(host, {
      onLoaded: () => setLoads((count) => count + 1),
      onFailed: (error) => report(workspace, error),
    });
    const sources: PixelSources = {
      bitmapOf: (hash: AssetHash) => bitmaps.get(hash),
      maskOf: (hash: AssetHash) => masks.get(hash),
    };
    const painter = new Painter(sources);
    return {
      bitmaps,
      sources,
      painter,
      result: new Painted(),
      original: new Painted(),
    };
  });
  const { bitmaps, sources, painter, result, original } = parts;
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
    masks.keepOnly(shown);
    painter.keepOnly(shown);
    result.update(
      painter,
      sources,
      document,
      compositingPlan(document.layers),
      scale,
    );
    if (withOriginal) {
      const { layers } = originalOf(document);
      original.update(
        painter,
        sources,
        document,
        compositingPlan(layers),
        scale,
      );
    }
    setWaiting(
      [...shown].some(
        (hash) => bitmaps.isLoading(hash) || masks.isLoading(hash),
      ),
    );
    layer.current?.batchDraw();
  }, [
    document,
    scale,
    withOriginal,
    loads,
    bitmaps,
    masks,
    sources,
    painter,
    result,
    original,
    layer,
  ]);

  // A stroke repaints only where it went, once a frame, however many points the pen sent.
  useEffect(() => {
    let waitingPart: Region | null = null;
    let frame = 0;
    const paint = () => {
      frame = 0;
      if (!waitingPart) return;
      result.repaint(painter, waitingPart);
      if (withOriginal) original.repaint(painter, waitingPart);
      waitingPart = null;
      layer.current?.batchDraw();
    };
    const stop = masks.listen({
      onChanged(hash, part) {
        if (part === null) {
          setLoads((count) => count + 1);
          return;
        }
        painter.refreshMask(hash, part);
        // A mask that is being painted on lies over the whole document.
        waitingPart = waitingPart ? unite(waitingPart, part) : part;
        frame ||= requestAnimationFrame(paint);
      },
      onFailed: (failure) => report(workspace, failure),
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [workspace, masks, painter, result, original, withOriginal, layer]);

  useEffect(() => () => bitmaps.dispose(), [bitmaps]);

  return {
    result: result.canvas,
    original: original.canvas,
    ready: loads > 0,
    waiting,
  };
}
