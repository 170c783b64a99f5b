import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cloneCache, root } from "./places.mjs";
import { runNpm } from "./run.mjs";

const lockfile = join(root, "package-lock.json");
/** What npm writes when an installation is complete. */
const installed = join(root, "node_modules", ".package-lock.json");
const stamp = join(cloneCache, "packages.stamp");

/** The packages that package-lock.json names, by `npm ci`, without running any package's install script. */
export const packages = {
  name: "Packages",
  lock: join(cloneCache, "packages.lock"),
  doing: "installing with npm ci, a minute or so",

  async check() {
    return isInstalled() ? { ready: true, says: "packages" } : null;
  },

  async provide() {
    const { ok, why } = await runNpm(
      ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
      { cwd: root },
    );
    if (!ok) throw new Error(`The packages could not be installed. ${why}`);
    writeStamp();
    return { ready: true, says: "packages" };
  },
};

function isInstalled() {
  let present;
  try {
    present = readFileSync(installed, "utf8");
  } catch {
    return false;
  }
  try {
    if (readFileSync(stamp, "utf8") === stampOf(present)) return true;
  } catch {
    // Never stamped: somebody may have run npm themselves.
  }
  if (!agrees(JSON.parse(present).packages)) return false;
  writeStamp();
  return true;
}

/**
 * Whether each package that package-lock.json asks for is there in that version. Optional ones may be absent: they are
 * for other platforms.
 * @param {Record<string, { version?: string }>} present
 */
function agrees(present) {
  const asked = JSON.parse(readFileSync(lockfile, "utf8")).packages;
  return Object.entries(asked).every(
    ([path, { version, optional, devOptional, link }]) =>
      path === "" ||
      link ||
      present[path]?.version === version ||
      ((optional || devOptional) && !present[path]),
  );
}

/** @param {string} present */
function stampOf(present) {
  return createHash("sha256")
    .update(readFileSync(lockfile))
    .update(present)
    .digest("hex");
}

function writeStamp() {
  mkdirSync(cloneCache, { recursive: true });
  writeFileSync(stamp, stampOf(readFileSync(installed, "utf8")));
}
