import type { Style } from "../../../common/contract/studio.ts";
import { useWorkspace } from "../../state/use-workspace.ts";
import styles from "./styles.module.css";

const thumbnailSide = 256;

/** The picture that stands for a style, or its first letter where it has none. */
export function StylePicture({ style }: { style: Style }) {
  const { host } = useWorkspace();
  if (!style.thumbnail) {
    return (
      <span className={styles.picture} data-bare>
        {style.name.slice(0, 1)}
      </span>
    );
  }
  return (
    <img
      className={styles.picture}
      src={host.assetUrl(style.thumbnail, { longestSide: thumbnailSide })}
      alt=""
      draggable={false}
    />
  );
}
