import { Folder } from "lucide-react";
import type { Layer } from "../../../common/document/document.ts";
import { useWorkspace } from "../../state/use-workspace.ts";
import styles from "./layers.module.css";

/** In pixels of the picture. */
const longestSide = 96;

interface Properties {
  layer: Layer;
  /** Commands go to the layer rather than to its mask. */
  target: boolean;
}

/** A layer in small: its pixels, of a styled layer the result. */
export function LayerThumbnail({ layer, target }: Properties) {
  const { host } = useWorkspace();
  if (layer.kind === "group")
    return (
      <span className={styles.thumbnail} data-target={target}>
        <Folder size={16} />
      </span>
    );
  const hash =
    layer.kind === "picture"
      ? layer.asset
      : (layer.result?.asset ?? layer.source);
  return (
    <img
      className={styles.thumbnail}
      data-target={target}
      src={host.assetUrl(hash, { longestSide })}
      alt=""
      draggable={false}
    />
  );
}
