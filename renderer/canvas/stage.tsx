import type Konva from "konva";
import { useEffect, useLayoutEffect, useMemo, useRef } from "react";
import { Group, Image, Stage as KonvaStage, Layer, Rect } from "react-konva";
import type { Document } from "../../common/document/document.ts";
import { setViewport } from "../state/navigation.ts";
import { usePage, useWorkspace } from "../state/use-workspace.ts";
import styles from "./canvas.module.css";
import { checkerboard } from "./checkerboard.ts";
import { BrushRing } from "./overlays/brush-ring.tsx";
import { MarchingAnts } from "./overlays/marching-ants.tsx";
import { OutlineLine } from "./overlays/outline-line.tsx";
import { useMaskView } from "./overlays/use-mask-view.ts";
import { useComposite } from "./use-composite.ts";
import { useTool } from "./use-tool.ts";

/** From this zoom on, single pixels are shown as squares. */
const squaresFrom = 3;

/** The picture: Konva shows what the store says and is never asked for anything. */
export function Stage({ document }: { document: Document }) {
  const workspace = useWorkspace();
  const container = useRef<HTMLDivElement>(null);
  const layer = useRef<Konva.Layer>(null);
  const view = usePage((state) => state.view);
  const viewport = usePage((state) => state.viewport);
  const compare = usePage((state) => state.compare);
  const theme = usePage((state) => state.theme);
  const comparing = compare.split || compare.peek;
  const composite = useComposite(layer, document, view.zoom, comparing);
  const maskView = useMaskView(layer, document);
  const tool = useTool(container);
  // biome-ignore lint/correctness/useExhaustiveDependencies: its colours are the theme's
  const pattern = useMemo(checkerboard, [theme]);

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

  // Konva shows the canvases as they are painted, once the pattern's colours are those of the new theme.
  useEffect(() => {
    layer.current?.batchDraw();
  });

  const size = { width: document.width, height: document.height };
  const edge =
    document.width * (compare.peek ? 1 : compare.split ? compare.position : 0);
  return (
    <div
      ref={container}
      className={styles.stage}
      style={{ cursor: tool.cursor }}
      data-testid="canvas"
      data-stage
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
        <Layer
          ref={layer}
          listening={false}
          imageSmoothingEnabled={view.zoom < squaresFrom}
        >
          <Group x={view.x} y={view.y} scaleX={view.zoom} scaleY={view.zoom}>
            <Rect
              {...size}
              // Konva takes any image source here; its types say only images.
              fillPatternImage={pattern as unknown as HTMLImageElement}
              fillPatternScaleX={1 / view.zoom}
              fillPatternScaleY={1 / view.zoom}
              shadowColor="black"
              shadowBlur={32}
              shadowOpacity={0.35}
              shadowOffsetY={8}
            />
            <Group
              clipX={edge}
              clipY={0}
              clipWidth={document.width - edge}
              clipHeight={document.height}
            >
              <Image image={composite.result} {...size} />
            </Group>
            {edge > 0 && (
              <Group
                clipX={0}
                clipY={0}
                clipWidth={edge}
                clipHeight={document.height}
              >
                <Image image={composite.original} {...size} />
              </Group>
            )}
            {maskView && !compare.peek && <Image image={maskView} {...size} />}
          </Group>
        </Layer>
      </KonvaStage>
      <MarchingAnts />
      <OutlineLine />
      <BrushRing stage={container} />
      {composite.waiting && (
        <span className={styles.waiting} role="status">
          Loading the picture…
        </span>
      )}
    </div>
  );
}
