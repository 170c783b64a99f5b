import type { StyledLayer } from "../../../common/document/document.ts";
import { chooseSource, takeSource } from "../../state/style-source.ts";
import { useWorkspace } from "../../state/use-workspace.ts";
import { useFileDrop } from "../controls/use-file-drop.ts";
import styles from "./styles.module.css";

const thumbnailSide = 64;

/** The picture under the style, and the way to another one. */
export function StyleSource({ layer }: { layer: StyledLayer }) {
  const workspace = useWorkspace();
  const { host } = workspace;
  const drop = useFileDrop((chosen) => takeSource(workspace, layer, chosen));
  return (
    <button
      type="button"
      className={styles.source}
      title={"Lay the style over another picture.\nOr drop it here."}
      aria-label="Change the picture under the style…"
      data-testid="style-source"
      disabled={layer.locked}
      onClick={() => chooseSource(workspace, layer)}
      {...(layer.locked ? {} : drop)}
    >
      <img
        className={styles.sourcePicture}
        src={host.assetUrl(layer.source, { longestSide: thumbnailSide })}
        alt=""
        draggable={false}
      />
      Picture…
    </button>
  );
}
