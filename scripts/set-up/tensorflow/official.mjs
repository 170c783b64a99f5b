import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { basename, join } from "node:path";
import { answers, run } from "../run.mjs";
import { buildAddon, findCompiler } from "./addon.mjs";
import { download, reachable, sha256Of } from "./download.mjs";
import { addonName, platform, tfjsVersion } from "./manifest.mjs";

/** The storage that tfjs-node's own installer downloads from; a mirror can be named as for that installer. */
const storage =
  process.env.TFJS_NODE_CDN_STORAGE || "https://storage.googleapis.com/";
const released = `${storage}tensorflow/libtensorflow/libtensorflow-`;
const builds = `${storage}tf-builds/`;

/**
 * What the installer of tfjs-node 4.22 asks for, by machine.
 * @type {Record<string, string>}
 */
const libraries = {
  "linux-x64 cpu": `${released}cpu-linux-x86_64-2.9.1.tar.gz`,
  "linux-x64 cuda": `${released}gpu-linux-x86_64-2.9.1.tar.gz`,
  "linux-arm64 cpu": `${builds}libtensorflow_r2_7_linux_arm64.tar.gz`,
  "darwin-x64 cpu": `${released}cpu-darwin-x86_64-2.9.1.tar.gz`,
  "darwin-arm64 cpu": `${builds}libtensorflow_r2_7_darwin_arm64_cpu.tar.gz`,
  "win32-x64 cpu": `${released}cpu-windows-x86_64-2.9.1.zip`,
};

/**
 * The libraries that tfjs-node's installer fetches, with the addon built from source or, without a compiler, as
 * tfjs-node publishes it. Its package is not touched.
 * @type {import("./source.mjs").Source}
 */
export const official = { title: "tfjs-node's own download", provide };

/** @param {import("./source.mjs").Task} task */
async function provide({ folder, variant, say }) {
  const address = libraries[`${platform()} ${variant}`];
  if (!address) throw new Error(`there is none for ${platform()}`);
  if (!(await reachable(address)))
    throw new Error(`${new URL(address).host} is out of reach`);
  if (!(await answers("tar")))
    throw new Error("there is no tar to unpack with");
  const fetched = join(folder, "fetched");
  mkdirSync(fetched);
  const file = basename(address);
  say(`fetching ${file}`);
  const archive = join(fetched, file);
  await download(address, archive);
  const sha256 = await sha256Of(archive);
  await untar(archive, fetched);

  if (process.platform === "win32") await layOutForWindows(folder, fetched);
  else await layOut(folder, fetched, say);
  rmSync(fetched, { recursive: true });
  return { source: "official", file, sha256 };
}

/** @param {string} folder @param {string} fetched @param {(sentence: string) => void} say */
async function layOut(folder, fetched, say) {
  const extension =
    process.platform === "darwin" ? /\.dylib$/ : /\.so(\.\d+)*$/;
  const lib = join(fetched, "lib");
  const names = readdirSync(lib).filter((name) => extension.test(name));
  if (await findCompiler()) {
    for (const name of names) renameSync(join(lib, name), join(folder, name));
    say("building the addon");
    await buildAddon({
      folder,
      include: join(fetched, "include"),
      libraries: ["libtensorflow", "libtensorflow_framework"].map(
        (stem) => `${stem}${process.platform === "darwin" ? ".dylib" : ".so"}`,
      ),
    });
    return;
  }
  // The published addon looks for its libraries in ../../deps/lib.
  mkdirSync(join(folder, "deps"));
  renameSync(lib, join(folder, "deps", "lib"));
  const home = join(folder, "lib", "napi-v8");
  mkdirSync(home, { recursive: true });
  await fetchAddon(fetched, home, say);
  symlinkSync(join("lib", "napi-v8", addonName), join(folder, addonName));
}

/**
 * The published addon finds tensorflow.dll beside itself.
 * @param {string} folder
 * @param {string} fetched
 */
async function layOutForWindows(folder, fetched) {
  const library = ["lib", "."]
    .map((place) => join(fetched, place, "tensorflow.dll"))
    .find((path) => existsSync(path));
  if (!library) throw new Error("the download holds no tensorflow.dll");
  copyFileSync(library, join(folder, "tensorflow.dll"));
  await fetchAddon(fetched, folder, () => {});
}

/** @param {string} fetched @param {string} home @param {(sentence: string) => void} say */
async function fetchAddon(fetched, home, say) {
  const os = process.platform === "win32" ? "windows" : process.platform;
  const version = tfjsVersion();
  const file = `CPU-${os}-${version}.${os === "windows" ? "zip" : "tar.gz"}`;
  say(`fetching the addon, ${file}`);
  const archive = join(fetched, file);
  await download(
    `${builds}pre-built-binary/napi-v8/${version}/${file}`,
    archive,
  );
  const unpacked = join(fetched, "addon");
  mkdirSync(unpacked);
  await untar(archive, unpacked);
  const path = readdirSync(unpacked, { recursive: true })
    .map(String)
    .find((name) => basename(name) === addonName);
  if (!path) throw new Error(`${file} holds no addon`);
  renameSync(join(unpacked, path), join(home, addonName));
}

/** @param {string} archive @param {string} folder */
async function untar(archive, folder) {
  const { ok, why } = await run("tar", ["-xf", archive, "-C", folder]);
  if (!ok) throw new Error(`it could not be unpacked. ${why}`);
}
