import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { AssetHash } from "../../../common/document/document.ts";
import { Failure } from "../../../common/failure.ts";
import {
  partialSuffix,
  writeFailure,
  writeFileAtomically,
} from "../write-file.ts";

/** What the store holds: pictures as PNG, and the colour profiles that they came with. */
export type AssetKind = "png" | "icc";

/** Files by the SHA-256 of what they hold: written once, never overwritten. */
export interface AssetStore {
  /** Stores bytes and gives their hash; bytes that are there already are not written again. @throws Failure `disk-full`, `unreadable` */
  put(bytes: Uint8Array, kind?: AssetKind): Promise<AssetHash>;
  /** @throws Failure `not-found`, or `damaged` where the file no longer holds what was stored */
  read(hash: AssetHash, kind?: AssetKind): Promise<Uint8Array>;
  has(hash: AssetHash): Promise<boolean>;
  /** Where the file of a hash lies, stored or not. */
  pathOf(hash: AssetHash, kind?: AssetKind): string;
}

/** Opens the store in `folder`, makes it when it is not there, and clears away what crashed writes left. */
export async function openAssetStore(folder: string): Promise<AssetStore> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw writeFailure(folder, error);
  });
  await sweep(folder);

  function pathOf(hash: AssetHash, kind: AssetKind = "png"): string {
    return join(folder, hash.slice(0, 2), `${hash}.${kind}`);
  }

  return {
    pathOf,
    has: (hash) =>
      stat(pathOf(hash)).then(
        () => true,
        () => false,
      ),
    async put(bytes, kind) {
      const hash = hashOf(bytes);
      const path = pathOf(hash, kind);
      const known = await stat(path).catch(() => undefined);
      if (known?.size === bytes.length) return hash;
      await mkdir(join(folder, hash.slice(0, 2)), { recursive: true }).catch(
        (error: unknown) => {
          throw writeFailure(path, error);
        },
      );
      await writeFileAtomically(path, bytes);
      return hash;
    },
    async read(hash, kind) {
      const path = pathOf(hash, kind);
      const bytes = await readFile(path).catch((cause: unknown) => {
        throw new Failure("not-found", `The stored picture ${path} is gone`, {
          subject: path,
          hint: "Bring the file back from a copy of the data folder.",
          cause,
        });
      });
      if (hashOf(bytes) !== hash)
        throw new Failure("damaged", `The stored picture ${path} is damaged`, {
          subject: path,
          hint: "Bring the file back from a copy of the data folder.",
        });
      return bytes;
    },
  };
}

function hashOf(bytes: Uint8Array): AssetHash {
  return createHash("sha256").update(bytes).digest("hex");
}

async function sweep(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isDirectory() || !/^[0-9a-f]{2}$/.test(entry.name)) continue;
    const shelf = join(folder, entry.name);
    for (const name of await readdir(shelf))
      if (name.endsWith(partialSuffix))
        await rm(join(shelf, name), { force: true });
  }
}
