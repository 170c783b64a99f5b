import { join } from "node:path";
import { installWithApt } from "../machine.mjs";
import { root } from "../places.mjs";
import { answers, run } from "../run.mjs";
import { addonName } from "./manifest.mjs";

const tfjs = join(root, "node_modules/@tensorflow/tfjs-node-gpu");
const nodeApi = join(root, "node_modules/node-api-headers/include");

/**
 * Compiles the addon from tfjs-node's own source against TensorFlow's libraries, which it finds beside itself.
 * @param {{ folder: string, include: string, libraries: string[] }} where `folder` holds the libraries and gets the addon
 */
export async function buildAddon({ folder, include, libraries }) {
  const compiler = await requireCompiler();
  const mac = process.platform === "darwin";
  const linking = mac
    ? [
        ...libraries.map((name) => join(folder, name)),
        "-Wl,-rpath,@loader_path",
        "-undefined",
        "dynamic_lookup",
      ]
    : [
        `-L${folder}`,
        ...libraries.map((name) => `-l:${name}`),
        "-Wl,-rpath,$ORIGIN",
      ];
  const { ok, why } = await run(
    compiler,
    [
      "-std=c++17",
      "-O2",
      "-shared",
      "-fPIC",
      "-DNAPI_VERSION=8",
      "-DNODE_GYP_MODULE_NAME=tfjs_binding",
      "-I",
      nodeApi,
      "-I",
      include,
      "-I",
      tfjs,
      join(tfjs, "binding/tfjs_backend.cc"),
      join(tfjs, "binding/tfjs_binding.cc"),
      ...linking,
      "-o",
      join(folder, addonName),
    ],
    { cwd: folder },
  );
  if (!ok) throw new Error(`the addon could not be compiled. ${why}`);
}

/** @returns {Promise<string | undefined>} a C++ compiler that answers */
export async function findCompiler() {
  // On a Mac without the command line tools, calling c++ opens a dialogue.
  if (process.platform === "darwin" && !(await answers("xcode-select", ["-p"])))
    return undefined;
  for (const name of [process.env.CXX, "g++", "clang++", "c++"])
    if (name && (await answers(name))) return name;
  return undefined;
}

/**
 * @returns {Promise<string>} a C++ compiler, installed if that may be done here
 * @throws with what would bring one
 */
export async function requireCompiler() {
  const compiler = await findCompiler();
  if (compiler) return compiler;
  if ((await installWithApt("g++")) === null) return "g++";
  const remedy = {
    darwin: "; `xcode-select --install` brings one",
    linux: "; `apt install g++` or your distribution's like brings one",
  }[/** @type {"darwin" | "linux"} */ (process.platform)];
  throw new Error(
    `there is no C++ compiler to build the addon with${remedy ?? ""}`,
  );
}
