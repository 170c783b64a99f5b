import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { hasNvidia } from "./machine.mjs";
import { findPip } from "./pip.mjs";
import { tensorflowFolder, userCache } from "./places.mjs";
import { reasonOf } from "./reason-of.mjs";
import {
  forgetFailure,
  rememberedFailure,
  rememberFailure,
} from "./remembered.mjs";
import { findCompiler } from "./tensorflow/addon.mjs";
import { adopt, readManifest, writeManifest } from "./tensorflow/manifest.mjs";
import { official } from "./tensorflow/official.mjs";
import { probe } from "./tensorflow/probe.mjs";
import { wheel } from "./tensorflow/wheel.mjs";

const cost =
  "The engine then computes with WebAssembly: about five times slower at stylising, and training takes an hour or more instead of minutes.";

/**
 * The native TensorFlow that the engine computes with: libraries, and the addon of tfjs-node beside them. Whatever the
 * source, it is laid out in a folder of its own, made to compute something, and only then put in place.
 */
export const tensorflow = {
  name: "TensorFlow",
  lock: join(userCache, "tensorflow.lock"),
  doing: "fetching its libraries (about 270 MB) and building the addon",

  async check() {
    const manifest = readManifest(tensorflowFolder);
    const wanted = await wantedVariant();
    if (manifest?.variant === wanted) return found(manifest);
    const why = rememberedFailure(await attemptAt(wanted));
    if (why === null) return null;
    return manifest ? found(manifest) : missing(why);
  },

  /** @param {{ node: string }} context @param {(sentence: string) => void} say */
  async provide({ node }, say) {
    const wanted = await wantedVariant();
    const attempt = await attemptAt(wanted);
    const present =
      readManifest(tensorflowFolder) ?? (await adopt(tensorflowFolder, node));
    if (present?.variant === wanted) return found(present);
    const reasons = [];
    const variants = new Set([wanted, /** @type {const} */ ("cpu")]);
    for (const variant of variants) {
      if (present?.variant === variant) break;
      for (const source of [official, wheel]) {
        const made = await makeBeside({ source, variant, node, say });
        if (typeof made === "string") {
          reasons.push(made);
          continue;
        }
        if (variant === wanted) forgetFailure(attempt);
        else rememberFailure(attempt, reasons.join("; "));
        return found(made);
      }
    }
    rememberFailure(attempt, reasons.join("; "));
    return present ? found(present) : missing(reasons.join("; "));
  },
};

/**
 * @typedef {object} Attempt
 * @property {import("./tensorflow/source.mjs").Source} source
 * @property {"cpu" | "cuda"} variant
 * @property {string} node
 * @property {(sentence: string) => void} say
 */

/**
 * Provisions into a folder beside the final one, probes it, and swaps it in.
 * @param {Attempt} attempt
 * @returns {Promise<import("./tensorflow/manifest.mjs").Manifest | string>} what was made, or why nothing was
 */
async function makeBeside({ source, variant, node, say }) {
  clearPartials();
  const partial = `${tensorflowFolder}.partial-${process.pid}`;
  mkdirSync(partial, { recursive: true });
  try {
    const origin = await source.provide({ folder: partial, variant, say });
    const probed = await probe(partial, node);
    if (variant === "cuda" && !probed.gpu)
      throw new Error("it loads but does not see the GPU");
    const manifest = writeManifest(partial, {
      ...origin,
      variant,
      tensorflow: probed.version,
    });
    const old = `${tensorflowFolder}.partial-old`;
    if (existsSync(tensorflowFolder)) renameSync(tensorflowFolder, old);
    renameSync(partial, tensorflowFolder);
    return manifest;
  } catch (error) {
    return `${source.title} (${variant}): ${reasonOf(error)}`;
  } finally {
    clearPartials();
  }
}

/** Removes what interrupted attempts left behind; the lock is ours, so nobody is at work in them. */
function clearPartials() {
  const parent = dirname(tensorflowFolder);
  mkdirSync(parent, { recursive: true });
  for (const name of readdirSync(parent))
    if (name.startsWith(`${basename(tensorflowFolder)}.partial-`))
      rmSync(join(parent, name), { recursive: true, force: true });
}

/**
 * TensorFlow computes with CUDA on Linux alone.
 * @returns {Promise<"cpu" | "cuda">}
 */
async function wantedVariant() {
  const cuda =
    process.platform === "linux" &&
    process.arch === "x64" &&
    (await hasNvidia());
  return cuda ? "cuda" : "cpu";
}

/**
 * What a failure is remembered under: with a compiler, say, another attempt is worth while.
 * @param {string} variant
 */
async function attemptAt(variant) {
  const compiler = (await findCompiler()) ?? "no compiler";
  const pip = (await findPip())?.command ?? "no pip";
  return `tensorflow ${variant} in ${tensorflowFolder} with ${compiler} and ${pip}`;
}

/** @param {import("./tensorflow/manifest.mjs").Manifest} manifest */
function found({ tensorflow, variant, source }) {
  return {
    ready: true,
    says: `TensorFlow ${tensorflow} (${variant === "cuda" ? "CUDA" : "CPU"}, ${source})`,
  };
}

/** @param {string} why */
function missing(why) {
  return {
    ready: false,
    says: `Native TensorFlow is not available: ${why}. ${cost}`,
  };
}
