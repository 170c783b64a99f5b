import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { basename, extname, join, resolve } from "node:path";
import { Failure } from "../../common/failure.ts";

/** Nothing that Fude takes is larger; a film that lies in the folder must not fill the memory. */
const largestFile = 2 ** 30;

/**
 * The files of a folder, by name; hidden ones and folders are left out.
 * @throws Failure `not-found`, `unreadable` or `invalid` (no folder), naming it
 */
export async function filesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const names: string[] = [];
    for (const entry of entries) {
      if (entry.name.startsWith(".")) continue;
      if (entry.isFile() || entry.isSymbolicLink()) names.push(entry.name);
    }
    return names.sort().map((name) => join(folder, name));
  } catch (cause) {
    throw readFailure(folder, cause);
  }
}

/** @throws Failure that names the file */
export async function readInput(
  path: string,
  kind = "a picture",
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const { size } = await stat(path);
    if (size > largestFile)
      throw new Failure("too-large", `${path} is too large to be ${kind}.`, {
        subject: path,
      });
    return await readFile(path);
  } catch (cause) {
    throw readFailure(path, cause);
  }
}

function readFailure(path: string, cause: unknown): Failure {
  if (cause instanceof Failure) return cause;
  const options = { subject: path, cause };
  switch ((cause as NodeJS.ErrnoException).code) {
    case "ENOENT":
      return new Failure("not-found", `${path} does not exist.`, options);
    case "ENOTDIR":
      return new Failure("invalid", `${path} is not a folder.`, options);
    case "EISDIR":
      return new Failure("invalid", `${path} is a folder.`, options);
    case "EACCES":
    case "EPERM":
      return new Failure("unreadable", `${path} may not be read.`, options);
    default:
      return new Failure("unreadable", `${path} cannot be read.`, options);
  }
}

export async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** One name for one file, whichever way it is reached. */
export async function trueName(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
}

/** "photos/bridge.jpg" gives "bridge". */
export function stem(path: string): string {
  return basename(path, extname(path));
}
