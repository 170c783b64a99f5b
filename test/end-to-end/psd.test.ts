import { describe, expect, test } from "vitest";
import {
  forgePsd,
  plainChannels,
  sectionDivider,
} from "../unit/studio/forged-psd.ts";
import { chromiumPath } from "./app/chromium.ts";
import { layerNames, openPsd } from "./app/psd.ts";
import { studioSession } from "./app/studio-session.ts";

const side = 64;
const sheet = (
  left: number,
  top: number,
  colour: readonly [number, number, number, number],
) => ({
  box: [left, top, left + side / 2, top + side / 2] as const,
  channels: plainChannels((side / 2) ** 2, colour),
});
const file = forgePsd(side, side, [
  { name: "paper", ...sheet(0, 0, [240, 230, 210, 255]) },
  { name: "end", blocks: sectionDivider("divider") },
  { name: "ink", ...sheet(16, 16, [40, 60, 160, 255]), blendKey: "mul " },
  { name: "wash", ...sheet(24, 24, [200, 80, 40, 255]), clipped: true },
  { name: "figure", blocks: sectionDivider("folder") },
  { name: "Invert 1", blocks: { nvrt: new Uint8Array(0) } },
]);

describe.skipIf(chromiumPath === null)("a PSD", () => {
  const session = studioSession();

  test("opens with its layers, says what could not come, and leaves with them", async () => {
    await session.app.openPictures([
      {
        name: "page.psd",
        mimeType: "image/vnd.adobe.photoshop",
        buffer: Buffer.from(file),
      },
    ]);
    await session.app.canvas.waitFor();
    const rows = await session.app.layers.allTextContents();
    for (const name of ["As it looked", "figure", "ink", "wash", "paper"])
      expect(rows.join(), name).toContain(name);
    const notice = await session.app.notices.first().textContent();
    expect(notice).toContain("Not everything in page.psd came as it was.");
    expect(notice).toContain("1 adjustment layer was left out: “Invert 1”.");
    await session.screenshot("psd-opened");

    const { name, bytes } = await session.app.exported("psd");
    expect(name).toBe("page.psd");
    expect(layerNames(openPsd(bytes).children)).toEqual([
      "paper",
      "figure",
      "ink",
      "ink",
      "wash",
      "As it looked",
    ]);
  });

  test("that is no PSD is refused by its name", async () => {
    await session.app.enter("Projects");
    await session.app.openPictures([
      {
        name: "torn.psd",
        mimeType: "image/vnd.adobe.photoshop",
        buffer: Buffer.from(file.subarray(0, 100)),
      },
    ]);
    await session.app.notices.getByText(/torn\.psd is damaged/).waitFor();
  });
});
