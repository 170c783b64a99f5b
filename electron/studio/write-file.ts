import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { open, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Failure } from "../../common/failure.ts";

/** Ends the names of files that are being written; one that outlives its process holds nothing of worth. */
export const partialSuffix = ".partial";

/**
 * Writes a file so that a crash, a power cut or a full disk leaves either the old file or the new one, never a part:
 * written beside it under a temporary name, flushed, renamed, and the folder flushed.
 * @throws Failure `disk-full`, `not-found` (no such folder) or `unreadable` (not allowed), naming the path
 */
export async function writeFileAtomically(
  path: string,
  bytes: Uint8Array,
): Promise<void> {
  // A link keeps pointing where it points: what it points to is replaced.
  const target = await realpath(path).catch(() => path);
  const partial = join(
    dirname(target),
    `.fude-${randomBytes(8).toString("hex")}${partialSuffix}`,
  );
  try {
    const mode = await stat(target).then(
      (known) => known.mode & 0o777,
      () => 0o666,
    );
    const handle = await open(
      partial,
      constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL,
      mode,
    );
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, target);
    await flushFolder(dirname(target));
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw writeFailure(path, error);
  }
}

/** Makes a rename in the folder survive a power cut. Windows has no such call and journals names by itself. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The sentence for an error that the system gave on writing `path`. */
export function writeFailure(path: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  const options = { subject: path, cause: error };
  switch ((error as NodeJS.ErrnoException).code) {
    case "ENOSPC":
    case "EDQUOT":
    case "EFBIG":
      return new Failure("disk-full", `The disk is too full to write ${path}`, {
        ...options,
        hint: "Free some space and try again; nothing was lost.",
      });
    case "ENOENT":
    case "ENOTDIR":
      return new Failure("not-found", `${dirname(path)} is not a folder`, {
        ...options,
        hint: "Choose a folder that exists.",
      });
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new Failure("unreadable", `Fude may not write ${path}`, {
        ...options,
        hint: "Choose another place, or change the folder's permissions.",
      });
    case "EISDIR":
    case "EEXIST":
    case "ENOTEMPTY":
      return new Failure("conflict", `${path} is a folder, not a file`, {
        ...options,
        hint: "Choose another name.",
      });
    default:
      return new Failure(
        "internal",
        `${path} could not be written: ${error instanceof Error ? error.message : String(error)}`,
        options,
      );
  }
}
