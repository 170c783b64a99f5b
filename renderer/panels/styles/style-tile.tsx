import type { Style } from "../../../common/contract/studio.ts";
import { useWorkspace } from "../../state/use-workspace.ts";
import styles from "./styles.module.css";

const thumbnailSide = 256;

interface Properties {
  style: Style;
  chosen: boolean;
  disabled: boolean;
  onChoose: () => void;
}

/** A style as the picture that stands for it. */
export function StyleTile({ style, chosen, disabled, onChoose }: Properties) {
  const { host } = useWorkspace();
  const origin = style.origin === "trained" ? "Trained by you" : style.credit;
  return (
    <button
      type="button"
      role="option"
      className={styles.tile}
      aria-selected={chosen}
      aria-label={style.name}
      title={origin ? `${style.name}\n${origin}` : style.name}
      data-testid="style"
      disabled={disabled}
      onClick={onChoose}
    >
      {style.thumbnail ? (
        <img
          className={styles.picture}
          src={host.assetUrl(style.thumbnail, { longestSide: thumbnailSide })}
          alt=""
          draggable={false}
        />
      ) : (
        <span className={styles.picture} data-bare>
          {style.name.slice(0, 1)}
        </span>
      )}
      <span className={styles.name}>{style.name}</span>
    </button>
  );
}
