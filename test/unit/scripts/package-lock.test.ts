import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface Entry {
  version?: string;
  link?: boolean;
  optionalDependencies?: Record<string, string>;
  hasInstallScript?: boolean;
}

const read = (path: string) =>
  JSON.parse(
    readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8"),
  );
const entries: Record<string, Entry> = read("package-lock.json").packages;

test("every entry has a version", () => {
  const without = Object.entries(entries)
    .filter(([, { version, link }]) => version === undefined && !link)
    .map(([path]) => path);
  expect(without).toEqual([]);
});

/** `npm ci` refuses a lock file from which another system's binaries have been left out. */
test("the binaries for other systems are listed as well", () => {
  const missing = Object.entries(entries).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !isListed(name, path))
      .map((name) => `${name}, of ${path}`),
  );
  expect(missing).toEqual([]);
});

test("each install script of a dependency has been decided on", () => {
  const { allowScripts } = read("package.json");
  const names = Object.entries(entries)
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([path]) => path.slice(path.lastIndexOf("node_modules/") + 13));
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) expect(allowScripts).toHaveProperty([name], false);
});

/** Looks where Node would: beside the package that asks, then further up. */
function isListed(name: string, from: string): boolean {
  for (
    let at = from;
    ;
    at = at.slice(0, Math.max(0, at.lastIndexOf("/node_modules/")))
  ) {
    if (entries[`${at ? `${at}/` : ""}node_modules/${name}`]) return true;
    if (at === "") return false;
  }
}
