import { linearGradient } from "../../common/selection/linear-gradient.ts";
import type { Point } from "../../common/selection/polygon.ts";
import { openLiveMask } from "./live-mask.ts";
import type { Workspace } from "./workspace.ts";

/** A fade of a mask whose end a hand is placing. */
export interface MaskFade {
  /** Shows the layer up to where the fade begins and hides it from here on. */
  end(at: Point): void;
  commit(): void;
  cancel(): void;
}

/**
 * Begins a fade of the selected layer's mask, in place of what the mask was, within what is chosen.
 * @returns null where there is no mask to change; the artist has been told
 */
export function beginFade(workspace: Workspace, from: Point): MaskFade | null {
  const mask = openLiveMask(workspace, 255);
  if (!mask) return null;
  const { base, now, within } = mask;
  return {
    end(at) {
      const { samples } = linearGradient(base, from, at);
      if (within === null) now.samples.set(samples);
      else
        for (let i = 0; i < samples.length; i++) {
          const before = base.samples[i]!;
          const share = within.samples[i]! / 255;
          now.samples[i] = Math.round(before + (samples[i]! - before) * share);
        }
      mask.changed(base);
    },
    commit: () => mask.commit("Fade"),
    cancel: () => mask.cancel(),
  };
}
