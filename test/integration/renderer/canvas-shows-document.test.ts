import { describe, expect, test } from "vitest";
import { composite } from "../../../common/document/compositor.ts";
import {
  goldenRaster,
  goldenScenes,
} from "../../unit/common/document/golden-scenes.ts";
import { chromiumPath, decoded, paintingPage } from "./painting-page.ts";

describe.skipIf(chromiumPath === null)("the page's canvas shows", () => {
  const painted = paintingPage(goldenRaster);

  test.each([...goldenScenes.keys()])(
    "%s the same when a part is painted anew",
    async (name) => {
      const document = goldenScenes.get(name)!;
      const part = {
        x: Math.floor(document.width / 4),
        y: 1,
        width: Math.ceil(document.width / 2),
        height: Math.ceil(document.height / 2),
      };
      const whole = premultiplied(await painted(document));
      const patched = premultiplied(await painted(document, part));
      const apart = whole.filter(
        (value, i) => Math.abs(value - patched[i]!) > 1,
      );
      const share = apart.length / whole.length;
      expect(share).toBeLessThanOrEqual(exceptions[name] ?? 0);
    },
  );

  test.each([...goldenScenes.keys()])(
    "%s as the compositor does",
    async (name) => {
      const document = goldenScenes.get(name)!;
      const canvas = premultiplied(await painted(document));
      const { samples } = composite(document, (asset) =>
        decoded(goldenRaster(asset)),
      );
      const own = premultiplied(Array.from(samples, (value) => 255 * value));
      const apart = own.filter(
        (value, i) => Math.abs(value - canvas[i]!) > levels,
      );
      const share = apart.length / own.length;
      expect(share).toBeLessThanOrEqual(exceptions[name] ?? 0);
    },
  );
});

/** Levels of 255 that a canvas may lose by keeping every step in 8 bits, premultiplied. */
const levels = 4;

/** Shares of samples that may be farther apart, by scene. */
const exceptions: Record<string, number> = {
  // Fourteen layers, most of which stretch what the ones before have lost.
  modes: 0.02,
  // Chromium leaves upright edges between pixels hard, and softens turned ones in coarse steps.
  transforms: 0.06,
  rotated: 0.04,
};

/** Of two pictures only what shows is comparable: colour times alpha, and alpha. */
function premultiplied(pixels: readonly number[]): number[] {
  return pixels.map((value, i) =>
    i % 4 === 3 ? value : (value * pixels[i | 3]!) / 255,
  );
}
