import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildDesktop } from "../../../electron/desktop/build.ts";
import {
  type Engine,
  superviseEngine,
} from "../../../electron/studio/engine/engine.ts";
import { forkEngine } from "../../../electron/studio/engine/engine-process.ts";

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
