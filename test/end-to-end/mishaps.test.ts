import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { chromiumPath } from "./app/chromium.ts";
import { difference, isColourful, landscape, pngFile } from "./app/pictures.ts";
import { bundledStyle } from "./app/studio-page.ts";
import { studioSession } from "./app/studio-session.ts";

describe.skipIf(chromiumPath === null)("when something goes wrong", () => {
  const session = studioSession();

  test("a file that is no picture is named, and the rest goes on", async () => {
    await session.app.drop([
      pngFile("letter.png", Buffer.from("Dear artist, this is a text.")),
      pngFile("hills.png", await landscape()),
    ]);
    await session.app.notices.filter({ hasText: "letter.png" }).waitFor();
    await session.app.layers.getByText("hills").first().waitFor();
    await session.screenshot("7-refused");
    expect(await session.app.layers.count()).toBe(1);
    const half = (await landscape(1200, 900)).subarray(0, 4000);
    await session.app.drop([pngFile("half.png", Buffer.from(half))]);
    await session.app.notices.filter({ hasText: "half.png" }).waitFor();
    expect(await session.app.layers.count()).toBe(1);
  });

  test.skipIf(process.platform === "win32")(
    "an engine that is killed at work comes back and finishes",
    async () => {
      const client = await session.beside();
      await session.app.openPictures([
        pngFile("hills.png", await landscape(2400, 1800)),
      ]);
      await session.app.canvas.waitFor();
      const before = await session.app.untilPainted(isColourful);
      const running = client.next(
        "jobChanged",
        (job) => job.kind === "stylize" && (job.progress ?? 0) > 0,
      );
      const lost = client.next(
        "engineChanged",
        ({ state }) => state === "lost",
      );
      const done = client.next(
        "jobChanged",
        (job) => job.kind === "stylize" && job.state === "done",
      );
      await session.app.style(bundledStyle).click();
      await running;
      const first = session.studio.enginePid();
      expect(first).not.toBeNull();
      process.kill(first ?? 0, "SIGKILL");
      await lost;
      await session.screenshot("8-engine-lost");
      await done;
      expect(session.studio.enginePid()).not.toBe(first);
      await session.app.untilPainted(
        async (now) => (await difference(before, now)) > 1,
      );
      await session.screenshot("9-recovered");
    },
  );

  test("nothing of an unfinished write stays in the library", async () => {
    await session.app.openPictures([pngFile("hills.png", await landscape())]);
    await session.app.canvas.waitFor();
    await session.app.untilPainted(isColourful);
    const files = await readdir(join(session.dataFolder, "assets"), {
      recursive: true,
    });
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((name) => /tmp|partial/.test(name))).toEqual([]);
  });
});
