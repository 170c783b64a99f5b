import type Konva from "konva";
import { type RefObject, useRef } from "react";
import { Stage as KonvaStage } from "react-konva";
import type { Document } from "../../../common/document/document.ts";
import { usePage } from "../../state/use-workspace.ts";
import { Sheet } from "../sheet.tsx";
import { useTool } from "../use-tool.ts";
import styles from "./compare.module.css";

interface Properties {
  /** Of the picture here, and of the one on the canvas. */
  names: readonly [string, string];
  /** What lies to the left of the canvas, with its pixels. */
  document: Document;
  image: OffscreenCanvas;
  layer: RefObject<Konva.Layer | null>;
}

/** The other picture, to the left of the canvas, in the same view: the hand moves both. */
export function BesidePane({ names, document, image, layer }: Properties) {
  const container = useRef<HTMLDivElement>(null);
  const viewport = usePage((state) => state.viewport);
  const { cursor, handlers } = useTool(container, "hand");
  const [first, second] = names;
  return (
    <>
      <div
        ref={container}
        className={styles.pane}
        style={{ cursor }}
        data-testid="beside"
        role="img"
        aria-label={`${first}, beside the canvas`}
        {...handlers}
      >
        <KonvaStage
          width={viewport.width}
          height={viewport.height}
          listening={false}
        >
          <Sheet
            ref={layer}
            size={document}
            parts={[{ image, size: document }]}
          />
        </KonvaStage>
        <span className={styles.paneName}>{first}</span>
      </div>
      <span className={`${styles.paneName} ${styles.right}`}>{second}</span>
    </>
  );
}
