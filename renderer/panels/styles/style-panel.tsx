import { GraduationCap, Plus } from "lucide-react";
import type { Style } from "../../../common/contract/studio.ts";
import { actionNamed } from "../../state/actions/actions.ts";
import { takeStylePictures } from "../../state/instant-styles.ts";
import { cornersOf } from "../../state/mix-pad.ts";
import { shownDocument } from "../../state/shown-document.ts";
import { pickStyle, styleTarget } from "../../state/styling.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { Button } from "../controls/button.tsx";
import { useFileDrop } from "../controls/use-file-drop.ts";
import { FromPictureTile } from "./from-picture-tile.tsx";
import { PendingStyleTile } from "./pending-style-tile.tsx";
import { StyleControls } from "./style-controls.tsx";
import { StyleTile } from "./style-tile.tsx";
import styles from "./styles.module.css";

/** Styles to pick from, and the sliders of the one that the selected layer has. */
export function StylePanel() {
  const workspace = useWorkspace();
  const list = usePage((state) => state.styles);
  const document = usePage(shownDocument);
  const selection = usePage((state) => state.selection);
  const pending = usePage((state) => state.pendingStyles);
  const drop = useFileDrop((chosen) => takeStylePictures(workspace, chosen));
  const target = document && styleTarget(document, selection);
  const train = () => actionNamed("show-train").perform(workspace);
  const styled = target?.kind === "styled" ? target : null;
  const mixed = styled ? cornersOf(styled.style).map(({ model }) => model) : [];
  if (list?.length === 0) {
    return (
      <div className={styles.none}>
        <p>
          There are no styles yet. Fude can learn one from a folder of your
          drawings.
        </p>
        <Button icon={GraduationCap} onClick={train}>
          Train a style
        </Button>
      </div>
    );
  }
  return (
    <div className={styles.styles} data-testid="style-panel" {...drop}>
      <div className={styles.scroll}>
        <div className={styles.grid}>
          <FromPictureTile />
          {pending.map((style) => (
            <PendingStyleTile key={style.id} pending={style} />
          ))}
          <div className={styles.options} role="listbox" aria-label="Styles">
            {list?.map((style: Style) => (
              <StyleTile
                key={style.id}
                style={style}
                chosen={mixed.includes(style.id)}
                disabled={!target || target.locked}
                onChoose={() => pickStyle(workspace, style)}
              />
            ))}
          </div>
        </div>
        <button type="button" className={styles.more} onClick={train}>
          <Plus size={16} strokeWidth={1.75} />
          Train your own
        </button>
      </div>
      {styled && <StyleControls key={styled.id} layer={styled} />}
      {document && !styled && (
        <p className={styles.tip}>
          Pick a style, or drop a picture to paint like: it is laid over yours
          as a layer.
        </p>
      )}
    </div>
  );
}
