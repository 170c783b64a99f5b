import { GraduationCap, Plus } from "lucide-react";
import type { Style } from "../../../common/contract/studio.ts";
import { actionNamed } from "../../state/actions/actions.ts";
import { shownDocument } from "../../state/shown-document.ts";
import { pickStyle, styleTarget } from "../../state/styling.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { Button } from "../controls/button.tsx";
import { StyleSliders } from "./style-sliders.tsx";
import { StyleTile } from "./style-tile.tsx";
import styles from "./styles.module.css";

/** Styles to pick from, and the sliders of the one that the selected layer has. */
export function StylePanel() {
  const workspace = useWorkspace();
  const list = usePage((state) => state.styles);
  const document = usePage(shownDocument);
  const selection = usePage((state) => state.selection);
  const target = document && styleTarget(document, selection);
  const train = () => actionNamed("show-train").perform(workspace);
  const styled = target?.kind === "styled" ? target : null;
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
    <>
      <div className={styles.scroll}>
        <div className={styles.grid} role="listbox" aria-label="Styles">
          {list?.map((style: Style) => (
            <StyleTile
              key={style.id}
              style={style}
              chosen={styled?.style.model === style.id}
              disabled={!target || target.locked}
              onChoose={() => pickStyle(workspace, style)}
            />
          ))}
        </div>
        <button type="button" className={styles.more} onClick={train}>
          <Plus size={16} strokeWidth={1.75} />
          Train your own
        </button>
      </div>
      {styled && <StyleSliders key={styled.id} layer={styled} />}
      {document && !styled && (
        <p className={styles.tip}>
          Pick a style: it is laid over the picture as a layer.
        </p>
      )}
    </>
  );
}
