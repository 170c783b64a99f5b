import { join } from "node:path";
import { buildDesktop, buildPage } from "./build.mjs";
import { root } from "./set-up/places.mjs";
import { runInForeground } from "./set-up/run.mjs";
import { giveUp, setUp } from "./set-up.mjs";

/** `npm run package`: installers of the desktop app in `dist/packages/`; arguments go to electron-builder. */

const say = (/** @type {string} */ sentence) =>
  process.stderr.write(`package · ${sentence}\n`);

const { node, env } = await setUp({ parts: [] }).catch(giveUp);
await buildPage({ node, env, say }).catch(giveUp);
await buildDesktop({ node, env, say }).catch(giveUp);
process.exitCode = await runInForeground(
  node,
  [
    join(root, "node_modules", "electron-builder", "cli.js"),
    "--publish=never",
    ...process.argv.slice(2),
  ],
  { env, cwd: root },
);
