import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The clone that these scripts belong to. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** For files made from this clone alone: stamps, type caches, reports. */
export const cloneCache = join(root, ".cache");

/** Where this user's programs keep what can be fetched again: the same folder that env-paths names. */
export const userCache = (() => {
  const home = homedir();
  if (process.platform === "darwin")
    return join(home, "Library", "Caches", "fude");
  if (process.platform === "win32")
    return join(
      process.env.LOCALAPPDATA || join(home, "AppData", "Local"),
      "fude",
      "Cache",
    );
  return join(process.env.XDG_CACHE_HOME || join(home, ".cache"), "fude");
})();

/** The native TensorFlow runtime, where the engine looks for it. */
export const tensorflowFolder =
  process.env.FUDE_TENSORFLOW || join(userCache, "tensorflow");
