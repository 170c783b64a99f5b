import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { installWithApt } from "./machine.mjs";
import { root, userCache } from "./places.mjs";
import {
  forgetFailure,
  rememberedFailure,
  rememberFailure,
} from "./remembered.mjs";
import { run } from "./run.mjs";

const cost =
  "`npm start` then opens no window of its own without Electron, and the end-to-end tests are skipped. " +
  "Install Chrome, Edge or Chromium, or name one in FUDE_CHROMIUM.";

/** A Chromium for the studio's window and the end-to-end tests. */
export const chromium = {
  name: "Chromium",
  lock: join(userCache, "chromium.lock"),
  doing: "looking for a Debian package",

  /** @param {{ node: string }} context */
  async check({ node }) {
    const path = await findChromium(node);
    if (path) return found(path);
    const why = rememberedFailure("chromium");
    return why === null ? null : missing(why);
  },

  /** @param {{ node: string }} context */
  async provide({ node }) {
    const why = await installWithApt("chromium");
    const path = await findChromium(node);
    if (path) {
      forgetFailure("chromium");
      return found(path);
    }
    rememberFailure("chromium", why ?? "the package brought none");
    return missing(why);
  },
};

/** @param {string} path */
function found(path) {
  return { ready: true, says: `Chromium (${path})`, path };
}

/** @param {string | null} why */
function missing(why) {
  return {
    ready: false,
    says: `No Chrome, Edge or Chromium was found${why ? `, and none was installed: ${why}` : ""}. ${cost}`,
  };
}

/**
 * The one that the browser host would take, as found by its own search.
 * @param {string} node
 * @returns {Promise<string>} its path, empty where there is none
 */
async function findChromium(node) {
  const search = pathToFileURL(join(root, "electron/browser/find-chromium.ts"));
  const { output } = await run(node, [
    "--input-type=module",
    "--eval",
    `import { findChromium } from ${JSON.stringify(search.href)};
     process.stdout.write((await findChromium()) ?? "");`,
  ]);
  return output.trim();
}
