import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Failure } from "../../../common/failure.ts";
import {
  writeFailure,
  writeFileAtomically,
} from "../../../electron/studio/write-file.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fude-write-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

test("writes a new file and leaves nothing else", async () => {
  const path = join(folder, "a.bin");
  await writeFileAtomically(path, new Uint8Array([1, 2, 3]));
  expect([...(await readFile(path))]).toEqual([1, 2, 3]);
  expect(await readdir(folder)).toEqual(["a.bin"]);
});

test("replaces a file and keeps its permissions", async () => {
  const path = join(folder, "a.bin");
  await writeFile(path, "a longer older text");
  await chmod(path, 0o640);
  await writeFileAtomically(path, new TextEncoder().encode("new"));
  expect(await readFile(path, "utf8")).toBe("new");
  if (process.platform !== "win32")
    expect((await stat(path)).mode & 0o777).toBe(0o640);
});

test.skipIf(process.platform === "win32")(
  "writes through a symbolic link",
  async () => {
    await writeFile(join(folder, "real"), "old");
    await symlink("real", join(folder, "link"));
    await writeFileAtomically(
      join(folder, "link"),
      new TextEncoder().encode("new"),
    );
    expect(await readlink(join(folder, "link"))).toBe("real");
    expect(await readFile(join(folder, "real"), "utf8")).toBe("new");
  },
);

test("a missing folder is named", async () => {
  const path = join(folder, "none", "a.bin");
  await expect(
    writeFileAtomically(path, new Uint8Array(1)),
  ).rejects.toMatchObject({
    code: "not-found",
    subject: path,
    message: expect.stringContaining(join(folder, "none")),
  });
});

test("a folder in the way stays, and no part is left behind", async () => {
  const path = join(folder, "in-the-way");
  await mkdir(join(path, "kept"), { recursive: true });
  await expect(
    writeFileAtomically(path, new Uint8Array(1)),
  ).rejects.toBeInstanceOf(Failure);
  expect(await readdir(folder)).toEqual(["in-the-way"]);
  expect(await readdir(path)).toEqual(["kept"]);
});

test("a full disk and a forbidden folder have sentences of their own", () => {
  const error = (code: string) => Object.assign(new Error(code), { code });
  expect(writeFailure("/x/a.png", error("ENOSPC"))).toMatchObject({
    code: "disk-full",
    message: expect.stringContaining("/x/a.png"),
  });
  expect(writeFailure("/x/a.png", error("EACCES"))).toMatchObject({
    code: "unreadable",
    message: expect.stringContaining("/x/a.png"),
  });
});
