import type { StyledLayer } from "../../common/document/document.ts";
import { isCurrent } from "../../common/document/style-key.ts";
import { findLayer, walkLayers } from "../../common/document/tree.ts";
import { restyle, setStyle } from "./styling.ts";
import type { Workspace } from "./workspace.ts";

/** Takes the style's measure from inside the layer's mask alone, or from the whole picture again. */
export function confineStyle(
  workspace: Workspace,
  layer: StyledLayer,
  confined: boolean,
): void {
  const { confined: _, ...style } = layer.style;
  setStyle(
    workspace,
    layer,
    confined ? "Style from inside the mask" : "Style from the whole picture",
    confined ? { ...style, confined } : style,
  );
}

/**
 * Has confined styles made anew when the mask that they are measured by changes under them.
 * @returns a function that stops
 */
export function keepConfined(workspace: Workspace): () => void {
  return workspace.store.subscribe((now, before) => {
    const [project, former] = [now.project, before.project];
    if (!project || project.document === former?.document) return;
    if (project.confirmed.id !== former?.confirmed.id) return;
    for (const { layer } of walkLayers(project.document.layers)) {
      if (layer.kind !== "styled" || !layer.style.confined || isCurrent(layer))
        continue;
      const was = findLayer(former.document, layer.id);
      if (
        was?.kind === "styled" &&
        (was.mask !== layer.mask || was.transform !== layer.transform)
      )
        restyle(workspace, layer.id);
    }
  });
}
