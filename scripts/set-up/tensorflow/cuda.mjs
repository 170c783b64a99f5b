import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join, relative } from "node:path";
import { findPip } from "../pip.mjs";
import { run } from "../run.mjs";
import { unpack } from "./unpack.mjs";

/**
 * NVIDIA's libraries, in the versions that the wheel's metadata asks for, beside TensorFlow's: its run-time linker looks
 * for them in its own folder.
 * @param {string} wheel path of the CUDA wheel
 * @param {string} folder
 * @param {(sentence: string) => void} say
 */
export async function provideCudaLibraries(wheel, folder, say) {
  const asked = await requirementsOf(wheel, folder);
  const pip = await findPip();
  if (!pip)
    throw new Error("NVIDIA's libraries come by pip, and there is none");
  say(`fetching NVIDIA's libraries (${asked.length} packages, about 3 GB)`);
  const target = join(folder, "nvidia-packages");
  mkdirSync(target);
  const { ok, why } = await run(pip.command, [
    ...pip.args,
    "install",
    "--no-deps",
    "--only-binary=:all:",
    "--python-version=3.11",
    "--retries=2",
    "--disable-pip-version-check",
    "--target",
    target,
    ...asked,
  ]);
  if (!ok) throw new Error(`NVIDIA's libraries could not be fetched. ${why}`);
  const packages = join(target, "nvidia");
  for (const name of readdirSync(packages)) {
    const libraries = join(packages, name, "lib");
    for (const library of filesIn(libraries))
      if (/\.so(\.|$)/.test(library))
        symlinkSync(
          relative(folder, join(libraries, library)),
          join(folder, library),
        );
  }
}

/**
 * @param {string} wheel
 * @param {string} folder
 * @returns {Promise<string[]>} what the extra `and-cuda` requires, as pip writes it
 */
async function requirementsOf(wheel, folder) {
  const path = join(folder, "fetched", "METADATA");
  await unpack(wheel, (name) =>
    /^[^/]+\.dist-info\/METADATA$/.test(name) ? path : null,
  );
  return readFileSync(path, "utf8")
    .split("\n")
    .map((line) => line.match(/^Requires-Dist: ([^;]+); extra == "and-cuda"/))
    .flatMap((match) => (match?.[1] ? [match[1].trim()] : []));
}

/** @param {string} folder */
function filesIn(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
