import { useEffect, useRef, useState } from "react";
import type { Layer, Mask } from "../../../common/document/document.ts";
import { selectMask } from "../../state/layer-selection.ts";
import { toggleMask } from "../../state/masks.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import styles from "./layers.module.css";
import { maskShades } from "./mask-shades.ts";

/** Pixels a side; shown at half of it, for sharp screens. */
const side = 72;

interface Properties {
  layer: Layer;
  mask: Mask;
  /** Commands go to it. */
  target: boolean;
}

/** A layer's mask in small: a click makes it the target, with Shift switches it off and on. */
export function MaskThumbnail({ layer, mask, target }: Properties) {
  const workspace = useWorkspace();
  const { masks } = workspace;
  const width = usePage((state) => state.project?.document.width ?? 1);
  const height = usePage((state) => state.project?.document.height ?? 1);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [loads, setLoads] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `loads` counts masks that have come in since
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const raster = mask.asset === null ? undefined : masks.get(mask.asset);
    const shades = maskShades(mask, raster, { width, height }, side);
    const pixels = new ImageData(side, side);
    const words = new Uint32Array(pixels.data.buffer);
    for (const [index, grey] of shades.entries())
      words[index] = (0xff000000 | (grey * 0x010101)) >>> 0;
    context.putImageData(pixels, 0, 0);
  }, [mask, masks, width, height, loads]);

  useEffect(
    () =>
      masks.listen({
        onChanged: (_hash, part) =>
          part === null && setLoads((count) => count + 1),
      }),
    [masks],
  );

  return (
    <button
      type="button"
      className={styles.mask}
      data-target={target}
      data-off={!mask.enabled}
      data-testid="mask"
      tabIndex={-1}
      aria-label={`Mask of ${layer.name}${mask.enabled ? "" : ", switched off"}`}
      aria-pressed={target}
      onClick={(event) => {
        if (event.shiftKey && !layer.locked) toggleMask(workspace, layer);
        else selectMask(workspace, layer.id);
      }}
    >
      <canvas ref={canvas} width={side} height={side} />
    </button>
  );
}
