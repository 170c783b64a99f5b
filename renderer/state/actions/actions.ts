import type { Action, ActionGroup } from "./action.ts";
import { arrangeActions } from "./arrange-actions.ts";
import { clipboardActions } from "./clipboard-actions.ts";
import { compareActions } from "./compare-actions.ts";
import { editActions } from "./edit-actions.ts";
import { fileActions } from "./file-actions.ts";
import { imageActions } from "./image-actions.ts";
import { layerActions } from "./layer-actions.ts";
import { maskActions, maskViewActions } from "./mask-actions.ts";
import { mergeActions } from "./merge-actions.ts";
import { pickActions } from "./pick-actions.ts";
import { selectActions } from "./select-actions.ts";
import { helpActions, toolActions } from "./tool-actions.ts";
import { nudgeActions, transformActions } from "./transform-actions.ts";
import { viewActions } from "./view-actions.ts";

/** Everything that the artist can do by menu or key, in the order of the menus. */
export const actions: readonly Action[] = [
  ...fileActions,
  ...editActions,
  ...clipboardActions,
  ...imageActions,
  ...layerActions,
  ...arrangeActions,
  ...transformActions,
  ...mergeActions,
  ...maskActions,
  ...selectActions,
  ...pickActions,
  ...viewActions,
  ...compareActions,
  ...maskViewActions,
  ...toolActions,
  ...nudgeActions,
  ...helpActions,
];

const byName = new Map(actions.map((action) => [action.name, action]));

/** @throws Error where there is no action of that name: a defect */
export function actionNamed(name: string): Action {
  const action = byName.get(name);
  if (!action) throw new Error(`There is no action "${name}".`);
  return action;
}

export function actionsIn(group: ActionGroup): readonly Action[] {
  return actions.filter((action) => action.group === group);
}
