import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cloneCache, root } from "./places.mjs";
import {
  forgetFailure,
  rememberedFailure,
  rememberFailure,
} from "./remembered.mjs";
import { run } from "./run.mjs";

const folder = join(root, "node_modules", "electron");
const cost = "The studio opens in a Chromium window instead.";
/** Milliseconds that the download of Electron's binary may take. */
const patience = 60_000;

/** Electron's binary, which its package does not bring along. */
export const electron = {
  name: "Electron",
  lock: join(cloneCache, "electron.lock"),
  doing: "fetching its binary, a minute at most",

  async check() {
    const path = findElectron();
    if (path) return found(path);
    return rememberedFailure(key()) === null ? null : missing();
  },

  /** @param {{ node: string }} context */
  async provide({ node }) {
    const { why } = await run(node, [join(folder, "install.js")], {
      cwd: root,
      timeout: patience,
    });
    const path = findElectron();
    if (path) {
      forgetFailure(key());
      return found(path);
    }
    rememberFailure(key(), why);
    return missing();
  },
};

/** @param {string} path */
function found(path) {
  return { ready: true, says: `Electron ${version()}`, path };
}

function missing() {
  return {
    ready: false,
    says: `Electron's binary could not be fetched (it is tried again after a day). ${cost}`,
  };
}

function version() {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version;
}

function key() {
  return `electron ${version()}`;
}

/** @returns {string | undefined} */
function findElectron() {
  try {
    const name = readFileSync(join(folder, "path.txt"), "utf8");
    const dist =
      process.env.ELECTRON_OVERRIDE_DIST_PATH || join(folder, "dist");
    const path = join(dist, name);
    return existsSync(path) ? path : undefined;
  } catch {
    const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
    const path = override && join(override, "electron");
    return path && existsSync(path) ? path : undefined;
  }
}
