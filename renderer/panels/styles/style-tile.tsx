import type { Style } from "../../../common/contract/studio.ts";
import { StylePicture } from "./style-picture.tsx";
import styles from "./styles.module.css";

interface Properties {
  style: Style;
  chosen: boolean;
  disabled: boolean;
  onChoose: () => void;
}

/** A style as the picture that stands for it. */
export function StyleTile({ style, chosen, disabled, onChoose }: Properties) {
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
      <StylePicture style={style} />
      <span className={styles.name}>{style.name}</span>
    </button>
  );
}
