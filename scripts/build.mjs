import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { withLock } from "./set-up/lock.mjs";
import { cloneCache, root } from "./set-up/places.mjs";
import { run } from "./set-up/run.mjs";

const stamp = join(cloneCache, "page.stamp");
const made = join(root, "dist", "renderer", "index.html");

/**
 * How to build: with which Node, in which environment, and where to say so.
 * @typedef {object} Building
 * @property {string} node
 * @property {NodeJS.ProcessEnv} env
 * @property {(sentence: string) => void} say
 */

/**
 * Builds the page, if a file that it is made of has changed since the last time.
 * @param {Building} building
 * @throws with vite's words if it cannot be built
 */
export async function buildPage({ node, env, say }) {
  if (isBuilt()) return;
  const waiting = () => say("waiting for another build of the page");
  await withLock(join(cloneCache, "page.lock"), waiting, async () => {
    if (isBuilt()) return;
    say("building the page");
    const sources = fingerprint();
    const vite = join(root, "node_modules", "vite", "bin", "vite.js");
    const { ok, why } = await run(node, [vite, "build", "renderer"], {
      cwd: root,
      env,
    });
    if (!ok) throw new Error(`The page could not be built. ${why}`);
    mkdirSync(cloneCache, { recursive: true });
    writeFileSync(stamp, sources);
  });
}

/**
 * Bundles the desktop app; that takes a fraction of a second.
 * @param {Building} building
 */
export async function buildDesktop({ node, env, say }) {
  say("bundling the desktop app");
  const build = join(root, "electron", "desktop", "build.ts");
  const { ok, why } = await run(node, [build], { cwd: root, env });
  if (!ok) throw new Error(`The desktop app could not be bundled. ${why}`);
}

function isBuilt() {
  return (
    existsSync(made) &&
    existsSync(stamp) &&
    readFileSync(stamp, "utf8") === fingerprint()
  );
}

/** Names, sizes and times of the page's sources: enough to see a change, quick enough for every start. */
function fingerprint() {
  const hash = createHash("sha256");
  hash.update(readFileSync(join(root, "package-lock.json")));
  for (const folder of ["renderer", "common"]) {
    const names = readdirSync(join(root, folder), { recursive: true }).map(
      String,
    );
    for (const name of names.sort()) {
      const { size, mtimeMs } = statSync(join(root, folder, name));
      hash.update(`${folder}/${name} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest("hex");
}
