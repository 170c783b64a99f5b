import type Konva from "konva";
import { type RefObject, useEffect, useLayoutEffect, useState } from "react";
import type { Document } from "../../../common/document/document.ts";
import { findLayer } from "../../../common/document/tree.ts";
import { pageOf } from "../../state/area.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { paintMaskPicture } from "./mask-picture.ts";

/**
 * The selected layer's mask as a picture over the document, kept up to date while a hand paints on it; null where there
 * is none to see.
 */
export function useMaskView(
  layer: RefObject<Konva.Layer | null>,
  document: Document,
): OffscreenCanvas | null {
  const { masks } = useWorkspace();
  const view = usePage((state) => state.maskView);
  const selection = usePage((state) => state.selection);
  const [canvas] = useState(() => new OffscreenCanvas(1, 1));
  const [loads, setLoads] = useState(0);
  const mask =
    selection === null ? null : (findLayer(document, selection)?.mask ?? null);
  const look = view === "none" || mask === null ? null : view;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `loads` counts masks that have come in since
  useLayoutEffect(() => {
    if (look === null || mask === null) {
      // Huge, and not needed.
      canvas.width = canvas.height = 1;
      return;
    }
    canvas.width = document.width;
    canvas.height = document.height;
    const raster = mask.asset === null ? undefined : masks.get(mask.asset);
    paintMaskPicture(canvas, mask, raster, look, pageOf(document));
    layer.current?.batchDraw();
  }, [canvas, document, layer, loads, look, mask, masks]);

  useEffect(
    () =>
      masks.listen({
        onChanged(hash, part) {
          if (part === null) setLoads((count) => count + 1);
          else if (look !== null && mask?.asset === hash) {
            paintMaskPicture(canvas, mask, masks.get(hash), look, part);
            layer.current?.batchDraw();
          }
        },
      }),
    [canvas, layer, look, mask, masks],
  );

  return look === null ? null : canvas;
}
