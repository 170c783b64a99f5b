import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { userCache } from "./places.mjs";

/** What could not be fetched is not tried again for a day, so that starting stays quick without a network. */
const day = 24 * 60 * 60 * 1000;
const file = join(userCache, "not-available.json");

/**
 * @param {string} what a part and its version
 * @returns {string | null} why it could not be had within the last day
 */
export function rememberedFailure(what) {
  if (process.env.FUDE_RETRY) return null;
  const entry = read()[what];
  return entry && Date.now() - entry.at < day ? entry.why : null;
}

/** @param {string} what @param {string} why */
export function rememberFailure(what, why) {
  write({ ...read(), [what]: { at: Date.now(), why } });
}

/** @param {string} what */
export function forgetFailure(what) {
  const { [what]: gone, ...others } = read();
  if (gone) write(others);
}

/** @returns {Record<string, { at: number, why: string }>} */
function read() {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return {};
  }
}

/** @param {Record<string, { at: number, why: string }>} entries */
function write(entries) {
  mkdirSync(dirname(file), { recursive: true });
  const partial = `${file}.${process.pid}`;
  writeFileSync(partial, JSON.stringify(entries, null, 2));
  renameSync(partial, file);
}
