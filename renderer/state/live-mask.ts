import type { Mask } from "../../common/document/document.ts";
import type { Region } from "../../common/document/region.ts";
import {
  type Coverage,
  coverageOver,
  evenCoverage,
} from "../../common/selection/coverage.ts";
import { loadedMask } from "./area.ts";
import { commit, endPreview, preview } from "./edits.ts";
import { maskableLayer, maskOf } from "./masks.ts";
import type { Workspace } from "./workspace.ts";

/** A mask that a hand is changing: shown as it changes, a step of history once the hand lets go. */
export interface LiveMask {
  /** What it was before the hand; the whole document. */
  readonly base: Coverage;
  /** What it is now, of the same region: written by whoever opened it, who then calls `changed`. */
  readonly now: Coverage;
  /** What is chosen, of the same region; the hand is to keep to it. null: everywhere. */
  readonly within: Coverage | null;
  changed(part: Region): void;
  /** @param verb what was done, for the history: "Paint" */
  commit(verb: string): void;
  cancel(): void;
}

/**
 * Opens the selected layer's mask to a hand.
 * @param outside what a layer without a mask gets as one: 0 hides it, 255 shows it
 * @returns null where there is no mask to change; the artist has been told
 */
export function openLiveMask(
  workspace: Workspace,
  outside: 0 | 255,
): LiveMask | null {
  const target = maskableLayer(workspace);
  if (!target) return null;
  const { layer, page } = target;
  const { area, maskTargeted } = workspace.store.getState();
  const before = layer.mask;
  const around = before ? Math.round(before.outside * 255) : outside;
  const base = before
    ? loadedMask(workspace, before, page)
    : evenCoverage(page, around);
  if (base === null) return null;
  const now = { ...base, samples: base.samples.slice() };
  const live = workspace.masks.add({ channels: 1, ...now });
  const shown: Mask = {
    asset: live,
    x: 0,
    y: 0,
    outside: around / 255,
    enabled: true,
  };
  workspace.store.setState({ maskTargeted: true });
  preview(workspace, layer.id, { mask: shown });
  return {
    base,
    now,
    within: area && coverageOver(area, page),
    changed: (part) => workspace.masks.changed(live, part),
    commit(verb) {
      const mask = maskOf(workspace, now, around);
      commit(workspace, `${verb} mask of ${layer.name}`.slice(0, 120), [
        { kind: "setLayer", layerId: layer.id, change: { mask } },
      ]);
      workspace.masks.forget(live);
    },
    cancel() {
      endPreview(workspace);
      workspace.masks.forget(live);
      workspace.store.setState({ maskTargeted });
    },
  };
}
