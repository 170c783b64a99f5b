import { Link2, Unlink2 } from "lucide-react";
import { useState } from "react";
import type { Document } from "../../../common/document/document.ts";
import { resizeImage } from "../../state/resizing.ts";
import { useWorkspace } from "../../state/use-workspace.ts";
import { IconButton } from "../controls/icon-button.tsx";
import { SideField } from "./side-field.tsx";
import { SizeDialog } from "./size-dialog.tsx";
import styles from "./sizing.module.css";
import { type Unit, UnitChoice } from "./unit-choice.tsx";

/** Makes the whole picture larger or smaller. */
export function ImageSizeDialog({ document }: { document: Document }) {
  const workspace = useWorkspace();
  const { width: wide, height: high } = document;
  const [size, setSize] = useState({ width: wide, height: high });
  const [unit, setUnit] = useState<Unit>("px");
  const [linked, setLinked] = useState(true);
  const setWidth = (width: number) =>
    setSize({ width, height: linked ? along(width, high, wide) : size.height });
  const setHeight = (height: number) =>
    setSize({ width: linked ? along(height, wide, high) : size.width, height });
  return (
    <SizeDialog
      title="Image size"
      confirm="Resize image"
      summary={`From ${wide} × ${high} to ${size.width} × ${size.height} px. Layers keep all of their own pixels.`}
      onConfirm={() => resizeImage(workspace, size)}
    >
      <div className={styles.body}>
        <div className={styles.sizes}>
          <SideField
            label="Width"
            value={size.width}
            whole={wide}
            unit={unit}
            onChange={setWidth}
          />
          <SideField
            label="Height"
            value={size.height}
            whole={high}
            unit={unit}
            onChange={setHeight}
          />
        </div>
        <IconButton
          label="Keep the aspect"
          icon={linked ? Link2 : Unlink2}
          pressed={linked}
          onClick={() => setLinked(!linked)}
        />
        <UnitChoice unit={unit} onChange={setUnit} />
      </div>
    </SizeDialog>
  );
}

/** The other side at the aspect of now. */
function along(side: number, other: number, own: number): number {
  return Math.max(1, Math.round((side * other) / own));
}
