import { zoomLabel } from "../../canvas/view.ts";
import { fitToWindow, zoomTo } from "../../state/navigation.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { ActionIcon } from "../controls/action-button.tsx";
import { DeviceLabel } from "./device-label.tsx";
import { JobsBar } from "./jobs-bar.tsx";
import styles from "./status.module.css";

export function StatusBar() {
  const workspace = useWorkspace();
  const shown = usePage(
    (state) => state.room === "canvas" && state.project !== null,
  );
  const zoom = usePage((state) => state.view.zoom);
  const document = usePage((state) => state.project?.document);
  return (
    <footer className={styles.status}>
      <JobsBar />
      <div className={styles.statusPart}>
        {shown && document && (
          <>
            <span className={styles.documentSize}>
              {document.width} × {document.height}
            </span>
            <ActionIcon action="zoom-out" small side="top" />
            <button
              type="button"
              className={styles.zoom}
              aria-label={`Zoom ${zoomLabel(zoom)}; switch between fit and actual size`}
              data-testid="zoom"
              onClick={() =>
                zoom === 1 ? fitToWindow(workspace) : zoomTo(workspace, 1)
              }
            >
              {zoomLabel(zoom)}
            </button>
            <ActionIcon action="zoom-in" small side="top" />
          </>
        )}
        <DeviceLabel />
      </div>
    </footer>
  );
}
