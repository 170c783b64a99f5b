import {
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { userCache } from "./places.mjs";
import { run, runNpm } from "./run.mjs";

const version = "24.21.0";
const folder = join(userCache, "node", version);
const executable = join(
  folder,
  "bin",
  process.platform === "win32" ? "node.exe" : "node",
);

/**
 * A Node that runs TypeScript as it is and that better-sqlite3 works with: this one if it is new enough, else one from
 * npm's registry in the user's cache.
 */
export const node = {
  name: "Node",
  lock: join(userCache, "node.lock"),
  doing: `fetching Node ${version} from npm, because this one is ${process.versions.node}`,

  async check() {
    if (isNewEnough(process.versions.node))
      return found(process.execPath, process.versions.node);
    return existsSync(executable) ? found(executable, version) : null;
  },

  async provide() {
    const platform = process.platform === "win32" ? "win" : process.platform;
    const name = `node-${platform}-${process.arch}`;
    const partial = `${folder}.partial`;
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial, { recursive: true });
    writeFileSync(join(partial, "package.json"), '{ "private": true }\n');
    const { ok, why } = await runNpm(
      [
        "install",
        `${name}@${version}`,
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
      ],
      { cwd: partial },
    );
    const fetched = join(partial, "node_modules", name);
    const works =
      ok && (await run(join(fetched, "bin", "node"), ["--version"])).ok;
    if (!works) {
      rmSync(partial, { recursive: true, force: true });
      throw new Error(
        `Fude needs Node 24; this is ${process.versions.node}, and ${name}@${version} could not be had from npm. ` +
          `Install Node 24 from https://nodejs.org and start again. ${why}`,
      );
    }
    rmSync(folder, { recursive: true, force: true });
    renameSync(fetched, folder);
    rmSync(partial, { recursive: true, force: true });
    return found(executable, version);
  },
};

/**
 * The environment in which programs that call plain `node` find the right one.
 * @param {string} path of the node to use
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentWith(path) {
  const name =
    Object.keys(process.env).find((key) => key.toUpperCase() === "PATH") ??
    "PATH";
  const separator = process.platform === "win32" ? ";" : ":";
  return {
    ...process.env,
    [name]: [dirname(path), process.env[name]].join(separator),
  };
}

/** @param {string} path @param {string} which */
function found(path, which) {
  return { ready: true, says: `Node ${which}`, path };
}

/**
 * write-file-atomic asks for 22.22.2 or 24.15, the highest of what our packages ask for.
 * @param {string} which
 */
function isNewEnough(which) {
  const [major = 0, minor = 0, patch = 0] = which.split(".").map(Number);
  if (major === 22) return minor > 22 || (minor === 22 && patch >= 2);
  if (major === 24) return minor >= 15;
  return major > 24;
}
