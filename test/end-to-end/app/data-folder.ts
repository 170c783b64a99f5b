import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** An empty folder for one test's library; `remove` when the studio on it has ended. */
export async function dataFolderForTest(): Promise<{
  path: string;
  remove(): Promise<void>;
}> {
  const path = await mkdtemp(join(tmpdir(), "fude-end-to-end-"));
  return {
    path,
    // A browser that is just ending may still write its profile.
    remove: () => rm(path, { recursive: true, force: true, maxRetries: 10 }),
  };
}
