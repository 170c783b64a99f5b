import { join } from "node:path";
import { buildDesktop, buildPage } from "./build.mjs";
import { hasDisplay } from "./set-up/machine.mjs";
import { root } from "./set-up/places.mjs";
import { runInForeground } from "./set-up/run.mjs";
import { giveUp, setUp } from "./set-up.mjs";

/**
 * `npm start`: sets up, builds what is shown, and opens the studio: in Electron where its binary is there, else in a
 * Chromium window. Arguments go to the studio (`npm start -- --data=FOLDER`); `--no-window` and `--port` are the
 * browser host's.
 */

const say = (/** @type {string} */ sentence) =>
  process.stderr.write(`start · ${sentence}\n`);
const given = process.argv.slice(2);

const { node, env, electron } = await setUp().catch(giveUp);
await buildPage({ node, env, say }).catch(giveUp);

// Electron keeps its sandbox, which root cannot have.
const asDesktop =
  electron !== undefined &&
  hasDisplay() &&
  process.getuid?.() !== 0 &&
  !given.some((word) => /^--(no-window|port)\b/.test(word));
if (asDesktop) {
  await buildDesktop({ node, env, say }).catch(giveUp);
  process.exitCode = await runInForeground(electron, [root, ...given], { env });
} else {
  const host = join(root, "electron", "browser", "main.ts");
  process.exitCode = await runInForeground(node, [host, ...given], { env });
}
