import { useEffect, useLayoutEffect, useState } from "react";
import type { AssetHash, Document } from "../../common/document/document.ts";
import { type Region, unite } from "../../common/document/region.ts";
import { assetsOf } from "../../common/document/tree.ts";
import { report } from "../state/notices.ts";
import { keepPictureSize } from "../state/transforming.ts";
import { useWorkspace } from "../state/use-workspace.ts";
import { Bitmaps, longestShown } from "./compositing/bitmaps.ts";
import { Painter, type PixelSources } from "./compositing/painter.ts";
import {
  assetsOfPlan,
  compositingPlan,
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

/**
 * A document, and another to compare it with, painted for the canvas.
 * @param redraw called as they change; the same function each time
 */
export function useComposite(
  redraw: () => void,
  document: Document,
  zoom: number,
  compared: Document | null,
): {
  shown: OffscreenCanvas;
  other: OffscreenCanvas;
  ready: boolean;
  waiting: boolean;
} {
  const workspace = useWorkspace();
  const { host, masks, drafts } = workspace;
  const [loads, setLoads] = useState(0);
  const [waiting, setWaiting] = useState(true);
  const [parts] = useState(() => {
    const bitmaps = new Bitmaps(host, {
      onLoaded: () => setLoads((count) => count + 1),
      onSize: (hash, size) => keepPictureSize(workspace, hash, size),
      onFailed: (error) => report(workspace, error),
    });
    const sources: PixelSources = {
      bitmapOf: (hash: AssetHash) => drafts.bitmapOf(hash) ?? bitmaps.get(hash),
      maskOf: (hash: AssetHash) => masks.get(hash),
    };
    const painter = new Painter(sources);
    return {
      bitmaps,
      sources,
      painter,
      shown: new Painted(),
      other: new Painted(),
    };
  });
  const { bitmaps, sources, painter, shown, other } = parts;
  const scale = compositingScale(
    document,
    zoom,
    window.devicePixelRatio,
    longestShown,
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: `loads` counts pictures that have come in since
  useLayoutEffect(() => {
    const assets = assetsOf(document);
    if (compared) for (const hash of assetsOf(compared)) assets.add(hash);
    bitmaps.keepOnly(assets);
    masks.keepOnly(assets);
    painter.keepOnly(assets);
    const paint = (painted: Painted, whole: Document) =>
      painted.update(
        painter,
        sources,
        whole,
        compositingPlan(whole.layers),
        scale,
      );
    paint(shown, document);
    if (compared) paint(other, compared);
    setWaiting(
      [...assets].some(
        (hash) => bitmaps.isLoading(hash) || masks.isLoading(hash),
      ),
    );
    redraw();
  }, [
    document,
    compared,
    scale,
    loads,
    bitmaps,
    masks,
    sources,
    painter,
    shown,
    other,
    redraw,
  ]);

  // A stroke repaints only where it went, once a frame, however many points the pen sent.
  useEffect(() => {
    let waitingPart: Region | null = null;
    let frame = 0;
    const paint = () => {
      frame = 0;
      if (!waitingPart) return;
      shown.repaint(painter, waitingPart);
      if (compared) other.repaint(painter, waitingPart);
      waitingPart = null;
      redraw();
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
  }, [workspace, masks, painter, shown, other, compared, redraw]);

  useEffect(() => () => bitmaps.dispose(), [bitmaps]);

  return {
    shown: shown.canvas,
    other: other.canvas,
    ready: loads > 0,
    waiting,
  };
}
