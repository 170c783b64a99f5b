import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../places.mjs";
import { probe } from "./probe.mjs";

/** The addon, under the name by which the engine loads it. */
export const addonName = "tfjs_binding.node";

/**
 * What lies in a runtime's folder and where it came from.
 * @typedef {object} Manifest
 * @property {string} tensorflow version of the libraries
 * @property {string} tfjs version of the package whose addon this is
 * @property {"cpu" | "cuda"} variant
 * @property {string} platform
 * @property {string} source in a word: "wheel", "official", "found"
 * @property {string} [file] what was downloaded
 * @property {string} [sha256] of that file
 * @property {Record<string, number>} files bytes by name
 */

/**
 * @param {string} folder
 * @returns {Manifest | null} null where there is no runtime for this machine and these packages, or files have changed
 */
export function readManifest(folder) {
  try {
    const manifest = JSON.parse(
      readFileSync(join(folder, "manifest.json"), "utf8"),
    );
    const whole = Object.entries(manifest.files).every(
      ([name, bytes]) => statSync(join(folder, name)).size === bytes,
    );
    const fits =
      manifest.platform === platform() && manifest.tfjs === tfjsVersion();
    return whole && fits && addonName in manifest.files ? manifest : null;
  } catch {
    return null;
  }
}

/**
 * Writes down the files of a folder. Written last, so that a folder with a manifest is whole.
 * @param {string} folder
 * @param {Omit<Manifest, "platform" | "tfjs" | "files">} origin
 * @returns {Manifest}
 */
export function writeManifest(folder, origin) {
  const files = Object.fromEntries(
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && entry.name !== "manifest.json")
      .map(({ name }) => [name, statSync(join(folder, name)).size]),
  );
  const manifest = {
    ...origin,
    tfjs: tfjsVersion(),
    platform: platform(),
    files,
  };
  writeFileSync(
    join(folder, "manifest.json"),
    `${JSON.stringify(manifest, null, 2)}\n`,
  );
  return manifest;
}

/**
 * A runtime that somebody laid there by hand is as good as ours, if it computes.
 * @param {string} folder
 * @param {string} node
 * @returns {Promise<Manifest | null>}
 */
export async function adopt(folder, node) {
  try {
    statSync(join(folder, addonName));
    // Of another version of the addon's package, or for another machine: not one to write a manifest for.
    if (hasManifest(folder)) return null;
    const { version, gpu } = await probe(folder, node);
    return writeManifest(folder, {
      tensorflow: version,
      variant: gpu ? "cuda" : "cpu",
      source: "found",
    });
  } catch {
    return null;
  }
}

/** @param {string} folder */
function hasManifest(folder) {
  return readdirSync(folder).includes("manifest.json");
}

/** @returns {string} */
export function tfjsVersion() {
  const path = join(
    root,
    "node_modules/@tensorflow/tfjs-node-gpu/package.json",
  );
  return JSON.parse(readFileSync(path, "utf8")).version;
}

export function platform() {
  return `${process.platform}-${process.arch}`;
}
