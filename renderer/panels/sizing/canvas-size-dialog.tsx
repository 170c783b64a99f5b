import { useState } from "react";
import type { Document } from "../../../common/document/document.ts";
import { type Anchor, resizeCanvas } from "../../state/resizing.ts";
import { useWorkspace } from "../../state/use-workspace.ts";
import { AnchorGrid } from "./anchor-grid.tsx";
import { SideField } from "./side-field.tsx";
import { SizeDialog } from "./size-dialog.tsx";
import styles from "./sizing.module.css";
import { type Unit, UnitChoice } from "./unit-choice.tsx";

/** Gives the canvas another size; the picture on it keeps its own. */
export function CanvasSizeDialog({ document }: { document: Document }) {
  const workspace = useWorkspace();
  const [size, setSize] = useState({
    width: document.width,
    height: document.height,
  });
  const [unit, setUnit] = useState<Unit>("px");
  const [anchor, setAnchor] = useState<Anchor>({ x: 0.5, y: 0.5 });
  const isSmaller =
    size.width < document.width || size.height < document.height;
  return (
    <SizeDialog
      title="Canvas size"
      confirm="Resize canvas"
      summary={
        isSmaller
          ? "What no longer fits is kept out of sight, and comes back with a larger canvas."
          : `The canvas is ${document.width} × ${document.height} px now.`
      }
      onConfirm={() => resizeCanvas(workspace, size, anchor)}
    >
      <div className={styles.body}>
        <div className={styles.sizes}>
          <SideField
            label="Width"
            value={size.width}
            whole={document.width}
            unit={unit}
            onChange={(width) => setSize({ ...size, width })}
          />
          <SideField
            label="Height"
            value={size.height}
            whole={document.height}
            unit={unit}
            onChange={(height) => setSize({ ...size, height })}
          />
          <UnitChoice unit={unit} onChange={setUnit} />
        </div>
        <div>
          <p className={styles.caption}>The picture stays at</p>
          <AnchorGrid anchor={anchor} onChange={setAnchor} />
        </div>
      </div>
    </SizeDialog>
  );
}
