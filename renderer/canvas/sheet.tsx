import type Konva from "konva";
import { type ReactNode, type RefObject, useEffect, useMemo } from "react";
import { Group, Image, Layer, Rect } from "react-konva";
import { usePage } from "../state/use-workspace.ts";
import { checkerboard } from "./checkerboard.ts";
import type { Clips } from "./compare/clips.ts";
import type { Size } from "./view.ts";

/** From this zoom on, single pixels are shown as squares. */
const squaresFrom = 3;

interface Part {
  image: OffscreenCanvas;
  /** In document pixels. */
  size: Size;
  /** What of it is shown; all where it is left out. */
  clip?: Clips["first"] | undefined;
}

interface Properties {
  ref: RefObject<Konva.Layer | null>;
  /** Of the document. */
  size: Size;
  parts: readonly Part[];
  /** Over the picture, in document pixels. */
  children?: ReactNode;
}

/** Pixels on the checkerboard, where the view puts them. */
export function Sheet({ ref, size, parts, children }: Properties) {
  const view = usePage((state) => state.view);
  const theme = usePage((state) => state.theme);
  // biome-ignore lint/correctness/useExhaustiveDependencies: its colours are the theme's
  const pattern = useMemo(checkerboard, [theme]);
  const { width, height } = size;

  // Konva shows the canvases as they are painted, once the pattern's colours are those of the new theme.
  useEffect(() => {
    ref.current?.batchDraw();
  });

  return (
    <Layer
      ref={ref}
      listening={false}
      imageSmoothingEnabled={view.zoom < squaresFrom}
    >
      <Group x={view.x} y={view.y} scaleX={view.zoom} scaleY={view.zoom}>
        <Rect
          width={width}
          height={height}
          // Konva takes any image source here; its types say only images.
          fillPatternImage={pattern as unknown as HTMLImageElement}
          fillPatternScaleX={1 / view.zoom}
          fillPatternScaleY={1 / view.zoom}
          shadowColor="black"
          shadowBlur={32}
          shadowOpacity={0.35}
          shadowOffsetY={8}
        />
        {parts.map(({ image, size, clip }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the list
          <Group key={index} {...(clip && { clipFunc: clip })}>
            <Image image={image} width={size.width} height={size.height} />
          </Group>
        ))}
        {children}
      </Group>
    </Layer>
  );
}
