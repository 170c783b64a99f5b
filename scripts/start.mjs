import { join } from "node:path";
import { buildPage } from "./page.mjs";
import { root } from "./set-up/places.mjs";
import { runInForeground } from "./set-up/run.mjs";
import { giveUp, setUp } from "./set-up.mjs";

/** `npm start`: sets up, builds the page, and opens the studio in a Chromium window. */

const say = (/** @type {string} */ sentence) =>
  process.stderr.write(`start · ${sentence}\n`);

const { node, env } = await setUp().catch(giveUp);
await buildPage({ node, env, say }).catch(giveUp);
process.exitCode = await runInForeground(
  node,
  [join(root, "electron", "browser", "main.ts"), ...process.argv.slice(2)],
  { env, cwd: root },
);
