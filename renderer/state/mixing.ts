import type { Style } from "../../common/contract/studio.ts";
import type {
  StyledLayer,
  StyleParameters,
} from "../../common/document/document.ts";
import { draftLayer, previewStyle } from "./draft-styles.ts";
import { endPreview } from "./edits.ts";
import {
  cornersOf,
  mixedAt,
  type PadPlace,
  withCorner,
  withoutCorner,
} from "./mix-pad.ts";
import { notify } from "./notices.ts";
import { giveStyle, setStyle } from "./styling.ts";
import type { Workspace } from "./workspace.ts";

/** "Woodblock 60 %, Oil 40 %". */
export function sharesInWords(
  styles: readonly Style[] | null,
  style: StyleParameters,
): string {
  return cornersOf(style)
    .map(({ model, share }) => {
      const name = styles?.find(({ id }) => id === model)?.name ?? "Missing";
      return `${name} ${Math.round(share * 100)} %`;
    })
    .join(", ");
}

/** Shows the mix at a place of the pad while a hand is still moving. */
export function previewMix(
  workspace: Workspace,
  layer: StyledLayer,
  place: PadPlace,
): void {
  previewStyle(workspace, layer, at(layer, place));
}

/** Keeps the mix at a place of the pad: one step of history. */
export function commitMix(
  workspace: Workspace,
  layer: StyledLayer,
  place: PadPlace,
): void {
  const style = at(layer, place);
  const { styles } = workspace.store.getState();
  setStyle(workspace, layer, `Mix: ${sharesInWords(styles, style)}`, style);
}

/** Back to the mix that was there before the drag. */
export function cancelMix(workspace: Workspace, layerId: string): void {
  endPreview(workspace);
  draftLayer(workspace, layerId);
}

function at({ style }: StyledLayer, place: PadPlace): StyleParameters {
  const models = cornersOf(style).map(({ model }) => model);
  return mixedAt(style, models, place);
}

/** Puts a style at a corner of the pad: in the place of the one there, or beside the others. */
export function giveCorner(
  workspace: Workspace,
  layer: StyledLayer,
  corner: number,
  style: Style,
): void {
  if (cornersOf(layer.style).length === 1 && corner === 0) {
    giveStyle(workspace, layer, style);
    return;
  }
  if (!style.mixes) {
    notify(
      workspace,
      `“${style.name}” has a generator of its own and cannot be mixed with other styles.`,
      "Mix styles that came with Fude or were made of pictures.",
    );
    return;
  }
  const next = withCorner(layer.style, corner, style.id);
  if (next === layer.style) return;
  setStyle(workspace, layer, `Mix in ${style.name}`, next);
}

/** Takes a style off the pad. */
export function clearCorner(
  workspace: Workspace,
  layer: StyledLayer,
  corner: number,
): void {
  const { styles } = workspace.store.getState();
  const { model } = cornersOf(layer.style)[corner] ?? {};
  const name = styles?.find(({ id }) => id === model)?.name ?? "a style";
  setStyle(
    workspace,
    layer,
    `Take ${name} out of the mix`,
    withoutCorner(layer.style, corner),
  );
}
