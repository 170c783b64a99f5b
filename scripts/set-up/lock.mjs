import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/** A holder touches its lock this often, in milliseconds; one untouched for twelve times as long is abandoned. */
const beat = 5_000;

/**
 * Does work that only one process may do at a time. A lock whose holder died is taken over.
 * @template T
 * @param {string} path the lock's file
 * @param {() => void} onWait called once if somebody else holds it
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, onWait, work) {
  mkdirSync(dirname(path), { recursive: true });
  const mine = JSON.stringify({ pid: process.pid, host: hostname() });
  for (let waited = false; !take(path, mine); waited = true) {
    if (!waited) onWait();
    await delay(300);
  }
  const heart = setInterval(() => {
    const now = new Date();
    utimesSync(path, now, now);
  }, beat);
  try {
    return await work();
  } finally {
    clearInterval(heart);
    rmSync(path, { force: true });
  }
}

/** @param {string} path @param {string} mine */
function take(path, mine) {
  try {
    writeFileSync(path, mine, { flag: "wx" });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST")
      throw error;
  }
  if (isAbandoned(path)) {
    // Renaming first makes sure that of two who see the same abandoned lock only one removes it.
    const aside = `${path}.${process.pid}`;
    try {
      renameSync(path, aside);
      rmSync(aside, { force: true });
    } catch {
      // Another process was quicker.
    }
  }
  return false;
}

/** @param {string} path */
function isAbandoned(path) {
  try {
    const age = Date.now() - statSync(path).mtimeMs;
    if (age > 12 * beat) return true;
    const holder = JSON.parse(readFileSync(path, "utf8"));
    return holder.host === hostname() && !isAlive(holder.pid);
  } catch {
    // Gone, or not written to its end yet: look again.
    return false;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}
