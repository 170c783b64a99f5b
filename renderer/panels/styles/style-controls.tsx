import { RefreshCw } from "lucide-react";
import type { StyledLayer } from "../../../common/document/document.ts";
import { isCurrent } from "../../../common/document/style-key.ts";
import { confineStyle } from "../../state/confined-styles.ts";
import { jobOf, restyle } from "../../state/styling.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { Button } from "../controls/button.tsx";
import { Toggle } from "../tool-options/toggle.tsx";
import { StylePad } from "./style-pad.tsx";
import { StyleSliders } from "./style-sliders.tsx";
import { StyleSource } from "./style-source.tsx";
import styles from "./styles.module.css";

/** How the selected layer's style is mixed and applied, and to what. */
export function StyleControls({ layer }: { layer: StyledLayer }) {
  const workspace = useWorkspace();
  const busy = usePage((state) => jobOf(state.jobs, layer.id) !== undefined);
  const dragged = usePage((state) => state.preview !== null);
  const { locked, mask } = layer;
  return (
    <div className={styles.controls}>
      <div className={styles.dials}>
        <StylePad layer={layer} />
        <StyleSliders layer={layer} />
      </div>
      <div className={styles.under}>
        <Toggle
          label="Style from inside the mask"
          on={layer.style.confined ?? false}
          disabled={locked || (mask === null && !layer.style.confined)}
          title={
            mask === null
              ? "Give the layer a mask first: its style is then measured by what is inside it."
              : "Measures the style by what is inside the mask, as if the rest of the picture were not there."
          }
          onChange={(confined) => confineStyle(workspace, layer, confined)}
        />
        <StyleSource layer={layer} />
        {!dragged && !busy && !isCurrent(layer) && (
          <Button
            icon={RefreshCw}
            disabled={locked}
            onClick={() => restyle(workspace, layer.id)}
          >
            {layer.result ? "Paint again" : "Paint now"}
          </Button>
        )}
      </div>
    </div>
  );
}
