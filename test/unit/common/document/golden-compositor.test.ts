import { describe, expect, test } from "vitest";
import { composite } from "../../../../common/document/compositor.ts";
import { goldenPicture, goldenRaster, goldenScenes } from "./golden-scenes.ts";
import { difference } from "./random-pictures.ts";

describe("golden pictures of an independent compositor", () => {
  test.each([...goldenScenes.keys()].filter((name) => name !== "rotated"))(
    "%s",
    async (name) => {
      const { samples } = composite(goldenScenes.get(name)!, goldenRaster);
      // The golden picture is rounded to 16 bits.
      expect(difference(samples, await goldenPicture(name))).toBeLessThan(2e-5);
    },
  );

  test("rotated, whose golden edges were counted in points", async () => {
    const scene = goldenScenes.get("rotated")!;
    const { samples } = composite(scene, goldenRaster);
    const golden = await goldenPicture("rotated");
    let inner = 0;
    for (let i = 0; i < samples.length; i += 4) {
      expect(Math.abs(samples[i + 3]! - golden[i + 3]!)).toBeLessThan(0.02);
      if (golden[i + 3] === 0) continue;
      inner++;
      for (let c = i; c < i + 3; c++)
        if (samples[i + 3]! > 0)
          expect(Math.abs(samples[c]! - golden[c]!)).toBeLessThan(2e-5);
    }
    expect(inner).toBeGreaterThan(200);
  });
});
