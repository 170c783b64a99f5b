import type Konva from "konva";
import { useCallback, useLayoutEffect, useRef } from "react";
import { Image, Stage as KonvaStage } from "react-konva";
import type { Document } from "../../common/document/document.ts";
import { setViewport } from "../state/navigation.ts";
import { usePage, useWorkspace } from "../state/use-workspace.ts";
import styles from "./canvas.module.css";
import { BesidePane } from "./compare/beside-pane.tsx";
import { clipsOf } from "./compare/clips.ts";
import { Lens } from "./compare/lens.tsx";
import { useCompared } from "./compare/use-compared.ts";
import { sideName } from "./compositing/compared-document.ts";
import { BrushRing } from "./overlays/brush-ring.tsx";
import { CropFrame } from "./overlays/crop-frame.tsx";
import { MarchingAnts } from "./overlays/marching-ants.tsx";
import { OutlineLine } from "./overlays/outline-line.tsx";
import { TransformHandles } from "./overlays/transform-handles.tsx";
import { useMaskView } from "./overlays/use-mask-view.ts";
import { Sheet } from "./sheet.tsx";
import { useComposite } from "./use-composite.ts";
import { useTool } from "./use-tool.ts";

/** The picture: Konva shows what the store says and is never asked for anything. */
export function Stage({ document }: { document: Document }) {
  const workspace = useWorkspace();
  const container = useRef<HTMLDivElement>(null);
  const layer = useRef<Konva.Layer>(null);
  const besideLayer = useRef<Konva.Layer>(null);
  const zoom = usePage((state) => state.view.zoom);
  const viewport = usePage((state) => state.viewport);
  const compare = usePage((state) => state.compare);
  const { shown, other } = useCompared(document);
  const redraw = useCallback(() => {
    layer.current?.batchDraw();
    besideLayer.current?.batchDraw();
  }, []);
  const composite = useComposite(redraw, shown, zoom, other);
  const maskView = useMaskView(layer, document);
  const tool = useTool(container);

  useLayoutEffect(() => {
    const element = container.current;
    if (!element) return;
    const measure = () =>
      setViewport(workspace, {
        width: element.clientWidth,
        height: element.clientHeight,
      });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [workspace]);

  const size = { width: document.width, height: document.height };
  const clips =
    other && !compare.peek ? clipsOf(compare, document, zoom) : null;
  return (
    <>
      {other && compare.way === "beside" && (
        <BesidePane
          names={[
            sideName(document, compare.sides[0]),
            compare.peek ? "Original" : sideName(document, compare.sides[1]),
          ]}
          document={other}
          image={composite.other}
          layer={besideLayer}
        />
      )}
      <div
        ref={container}
        className={styles.stage}
        style={{ cursor: tool.cursor }}
        data-testid="canvas"
        data-stage
        data-halved={compare.on && compare.way === "beside"}
        data-ready={composite.ready}
        role="img"
        aria-label={`Canvas, ${document.width} by ${document.height} pixels`}
        {...tool.handlers}
      >
        <KonvaStage
          width={viewport.width}
          height={viewport.height}
          listening={false}
        >
          <Sheet
            ref={layer}
            size={size}
            parts={[
              { image: composite.shown, size: shown, clip: clips?.second },
              ...(other && clips
                ? [{ image: composite.other, size: other, clip: clips.first }]
                : []),
            ]}
          >
            {maskView && !compare.peek && <Image image={maskView} {...size} />}
          </Sheet>
        </KonvaStage>
        <MarchingAnts />
        <OutlineLine />
        <TransformHandles />
        <CropFrame />
        <BrushRing stage={container} />
        {composite.waiting && (
          <span className={styles.waiting} role="status">
            Loading the picture…
          </span>
        )}
      </div>
      {clips && compare.way === "lens" && (
        <Lens document={document} stage={container} />
      )}
    </>
  );
}
