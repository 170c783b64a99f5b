import { ImagePlus } from "lucide-react";
import { chooseStylePictures } from "../../state/instant-styles.ts";
import { useWorkspace } from "../../state/use-workspace.ts";
import styles from "./styles.module.css";

/** The way to a style from any picture. */
export function FromPictureTile() {
  const workspace = useWorkspace();
  return (
    <button
      type="button"
      className={styles.tile}
      title={"Paint like a picture of your choice.\nOr drop it here."}
      data-testid="style-from-picture"
      onClick={() => chooseStylePictures(workspace)}
    >
      <span className={styles.picture} data-choose>
        <ImagePlus size={20} strokeWidth={1.5} />
      </span>
      <span className={styles.name}>From a picture…</span>
    </button>
  );
}
