import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { findPip } from "../pip.mjs";
import { reasonOf } from "../reason-of.mjs";
import { run } from "../run.mjs";
import { buildAddon, requireCompiler } from "./addon.mjs";
import { provideCudaLibraries } from "./cuda.mjs";
import { download, reachable, sha256Of } from "./download.mjs";
import { platform } from "./manifest.mjs";
import { headerTarget, unpack } from "./unpack.mjs";

const version = "2.21.0";
/** The Python that the wheel is for; its libraries are the same for every Python. */
const python = "cp311";

/** @typedef {{ project: string, tag: string, sha256: string | null }} Wheel */

/**
 * Wheels by machine. Where `sha256` is null the index's own digest is taken, and written down in the manifest.
 * @type {Record<string, Record<"cpu" | "cuda", Wheel | undefined> | undefined>}
 */
const wheels = {
  "linux-x64": {
    cpu: {
      project: "tensorflow-cpu",
      tag: "manylinux_2_27_x86_64",
      sha256:
        "2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c",
    },
    cuda: {
      project: "tensorflow",
      tag: "manylinux_2_27_x86_64",
      sha256: null,
    },
  },
  "linux-arm64": {
    cpu: {
      project: "tensorflow",
      tag: "manylinux_2_27_aarch64",
      sha256: null,
    },
    cuda: undefined,
  },
  "darwin-arm64": {
    cpu: { project: "tensorflow", tag: "macosx_12_0_arm64", sha256: null },
    cuda: undefined,
  },
};

/**
 * Libraries and headers out of TensorFlow's Python wheel, fetched by pip where there is one, else straight from PyPI.
 * @type {import("./source.mjs").Source}
 */
export const wheel = { title: "TensorFlow's wheel", provide };

/** @param {import("./source.mjs").Task} task */
async function provide({ folder, variant, say }) {
  const pinned = wheels[platform()]?.[variant];
  if (!pinned) throw new Error(`there is no wheel for ${platform()}`);
  await requireCompiler();
  const fetched = join(folder, "fetched");
  mkdirSync(fetched);
  say(`fetching ${pinned.project} ${version} (about 270 MB)`);
  const { path, file, sha256 } = await fetchWheel(pinned, fetched);

  say("unpacking its libraries");
  const include = join(fetched, "include");
  /** @type {string[]} */
  const libraries = [];
  await unpack(path, (name) => {
    const library = name.match(
      /^tensorflow\/(libtensorflow_(?:cc|framework)\.(?:so\.2|2\.dylib))$/,
    )?.[1];
    if (!library) return headerTarget(name, include);
    libraries.push(library);
    return join(folder, library);
  });
  if (libraries.length !== 2)
    throw new Error(`${file} does not hold the two libraries`);

  say("building the addon");
  await buildAddon({ folder, include, libraries: libraries.sort() });
  if (variant === "cuda") await provideCudaLibraries(path, folder, say);
  rmSync(fetched, { recursive: true });
  return { source: "wheel", file, sha256 };
}

/**
 * Fetches a wheel and makes sure that it is the one meant.
 * @param {Wheel} wheel
 * @param {string} folder
 */
async function fetchWheel(wheel, folder) {
  const file = `${wheel.project.replace("-", "_")}-${version}-${python}-${python}-${wheel.tag}.whl`;
  const failures = [];
  for (const fetch of [fetchByPip, fetchFromPyPI]) {
    try {
      const { path, expected } = await fetch(wheel, file, folder);
      const sha256 = await sha256Of(path);
      const asked = wheel.sha256 ?? expected;
      if (asked && sha256 !== asked)
        throw new Error(`${file} has SHA-256 ${sha256}, not ${asked}`);
      return { path, file, sha256 };
    } catch (error) {
      failures.push(reasonOf(error));
    }
  }
  throw new Error(failures.join("; "));
}

/**
 * pip checks the wheel against the digest that its index gives.
 * @param {Wheel} wheel
 * @param {string} file
 * @param {string} folder
 */
async function fetchByPip(wheel, file, folder) {
  const pip = await findPip();
  if (!pip) throw new Error("there is no pip");
  const { ok, why } = await run(pip.command, [
    ...pip.args,
    "download",
    "--no-deps",
    "--only-binary=:all:",
    "--python-version=3.11",
    "--implementation=cp",
    `--abi=${python}`,
    `--platform=${wheel.tag}`,
    "--retries=2",
    "--disable-pip-version-check",
    "--dest",
    folder,
    `${wheel.project}==${version}`,
  ]);
  if (!ok) throw new Error(`pip could not fetch it. ${why}`);
  if (!readdirSync(folder).includes(file))
    throw new Error(`pip fetched something else than ${file}`);
  return { path: join(folder, file), expected: null };
}

/** @param {Wheel} wheel @param {string} file @param {string} folder */
async function fetchFromPyPI(wheel, file, folder) {
  const address = `https://pypi.org/pypi/${wheel.project}/${version}/json`;
  if (!(await reachable(address))) throw new Error("PyPI is out of reach");
  /** @type {{ urls: { filename: string, url: string, digests: { sha256: string } }[] }} */
  const { urls } = JSON.parse(await (await fetch(address)).text());
  const found = urls.find((entry) => entry.filename === file);
  if (!found) throw new Error(`PyPI has no ${file}`);
  const path = join(folder, file);
  await download(found.url, path);
  return { path, expected: found.digests.sha256 };
}
