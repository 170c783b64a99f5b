import { actionNamed } from "../../state/actions/actions.ts";
import type { ToolName } from "../../state/page-state.ts";
import { usePage } from "../../state/use-workspace.ts";
import { BrushOptions } from "./brush-options.tsx";
import { Combinations } from "./combinations.tsx";
import { CropOptions } from "./crop-options.tsx";
import { EdgeOptions } from "./edge-options.tsx";
import styles from "./tool-options.module.css";
import { TransformOptions } from "./transform-options.tsx";
import { WandOptions } from "./wand-options.tsx";

/** What the hand does with a tool that has nothing to set. */
const hints: Partial<Record<ToolName, string>> = {
  gradient: "Drag from where the layer shows to where it is hidden",
  hand: "Drag to move the picture in the window",
  zoom: "Click to zoom in, with Alt out; drag to zoom freely",
};

/** Above the canvas: the tool in hand, and how it is set. */
export function ToolOptionsBar() {
  const tool = usePage((state) => state.tool);
  const { icon: Icon, label } = actionNamed(`tool-${tool}`);
  return (
    <div className={styles.frame}>
      <div className={styles.bar} role="toolbar" aria-label="Tool options">
        <span className={styles.tool}>
          {Icon && <Icon size={16} strokeWidth={1.75} />}
          <span className={styles.toolName}>{label}</span>
        </span>
        <Options tool={tool} />
      </div>
    </div>
  );
}

function Options({ tool }: { tool: ToolName }) {
  switch (tool) {
    case "move":
      return <TransformOptions />;
    case "crop":
      return <CropOptions />;
    case "brush":
    case "eraser":
      return <BrushOptions />;
    case "wand":
      return (
        <>
          <Combinations />
          <WandOptions />
        </>
      );
    case "rectangle":
    case "ellipse":
    case "lasso":
    case "polygon":
      return (
        <>
          <Combinations />
          <EdgeOptions />
        </>
      );
    default:
      return <span className={styles.hint}>{hints[tool]}</span>;
  }
}
