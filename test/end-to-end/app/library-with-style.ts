import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { launchChromium } from "./chromium.ts";
import { dataFolderForTest } from "./data-folder.ts";
import { inkDrawings } from "./pictures.ts";
import { startStudio } from "./running-studio.ts";
import { connectBeside } from "./socket-client.ts";

export const styleName = "Test ink";

/**
 * A library that knows one style, trained for a few steps by the studio itself. Its pictures are no beauties, but it is
 * there on every machine, whatever styles Fude comes with.
 */
export async function libraryWithStyle(): Promise<
  Awaited<ReturnType<typeof dataFolderForTest>>
> {
  const data = await dataFolderForTest();
  const drawings = await inkDrawings(join(data.path, "drawings"), 3);
  const studio = await startStudio(data.path);
  const browser = await launchChromium();
  try {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(studio.address);
    const client = await connectBeside(context, new URL(studio.address).origin);
    const { id } = await client.call("createDataset", {});
    for (const path of drawings) {
      await client.call("addToDataset", {
        datasetId: id,
        name: basename(path),
        bytes: new Uint8Array(await readFile(path)),
      });
    }
    const ended = client.next(
      "jobChanged",
      ({ state }) => state === "done" || state === "failed",
    );
    await client.call("startTraining", {
      name: styleName,
      drawings: id,
      photos: null,
      minutes: null,
      steps: 2,
      seed: 1,
    });
    const { state, failure } = await ended;
    if (state !== "done")
      throw new Error(`The training failed: ${failure?.message}`);
    client.close();
  } finally {
    await browser.close();
    await studio.stop();
  }
  return data;
}
