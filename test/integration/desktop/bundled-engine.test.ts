import { on } from "node:events";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildDesktop } from "../../../electron/desktop/build.ts";
import {
  type Engine,
  superviseEngine,
} from "../../../electron/studio/engine/engine.ts";
import { forkEngine } from "../../../electron/studio/engine/engine-process.ts";
import type { PsdMessage } from "../../../electron/studio/import/import-layered-psd.ts";
import { forgePsd, plainChannels } from "../../unit/studio/forged-psd.ts";

/** The engine as the desktop app ships it, in a plain Node process in place of Electron's utility process. */
const folder = join(import.meta.dirname, "../../../dist/desktop");
let engine: Engine;

beforeAll(async () => {
  await buildDesktop(folder);
  engine = superviseEngine({ launch: forkEngine(join(folder, "engine.mjs")) });
});
afterAll(() => engine?.close());

test("the bundled engine finds its backend, as the one from the sources does", async () => {
  const fromSources = superviseEngine({ launch: forkEngine() });
  try {
    expect(await engine.start()).toEqual(await fromSources.start());
  } finally {
    await fromSources.close();
  }
});

test("the bundled reader of PSD files finds its packages", async () => {
  const file = forgePsd(2, 2, [
    {
      name: "ink",
      box: [0, 0, 2, 2],
      channels: plainChannels(4, [128, 128, 128, 255]),
    },
  ]);
  const thread = new Worker(join(folder, "psd-thread.mjs"), {
    workerData: { bytes: file, name: "a.psd", title: "a" },
    execArgv: [],
  });
  const said: PsdMessage["kind"][] = [];
  for await (const [message] of on(thread, "message", { close: ["exit"] })) {
    said.push((message as PsdMessage).kind);
    thread.postMessage({ asset: "0".repeat(64) });
  }
  expect(said).toEqual(["picture", "picture", "done"]);
});
