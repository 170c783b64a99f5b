import { spawn } from "node:child_process";
import { constants } from "node:os";

/** Lines of output that a failed command is quoted with. */
const kept = 15;

/**
 * Runs a command to its end without showing its output.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeout?: number, shell?: boolean }} [options] timeout in milliseconds
 * @returns {Promise<{ ok: boolean, output: string, why: string }>} `why` is empty on success, else a reason with the last
 *   lines of output
 */
export function run(command, args, options = {}) {
  const { timeout, ...others } = options;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      ...others,
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    // Node's own timeout goes on counting after a command that could not be started, and keeps this process alive.
    const end = timeout && setTimeout(() => child.kill(), timeout);
    const ended = () => clearTimeout(end);
    let output = "";
    const keep = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk).slice(-200_000);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => {
      ended();
      resolve({ ok: false, output, why: error.message });
    });
    child.on("close", (code, signal) => {
      ended();
      const tail = output.trim().split("\n").slice(-kept).join("\n");
      const how = signal ? `was ended by ${signal}` : `ended with ${code}`;
      resolve({
        ok: code === 0,
        output,
        why: code === 0 ? "" : `${command} ${how}${tail ? `:\n${tail}` : ""}`,
      });
    });
  });
}

/**
 * Runs a command in the foreground: it shares this process's terminal, and signals that end this process reach it.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} its exit code; 128 + the signal's number if a signal ended it
 */
export function runInForeground(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: "inherit" });
    const pass = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
    process.on("SIGINT", pass);
    process.on("SIGTERM", pass);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      process.off("SIGINT", pass);
      process.off("SIGTERM", pass);
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}

/**
 * Runs npm: the one that started us, else the one on PATH.
 * @param {string[]} args
 * @param {{ cwd: string }} options
 */
export function runNpm(args, options) {
  const npm = process.env.npm_execpath;
  return npm?.endsWith("npm-cli.js")
    ? run(process.execPath, [npm, ...args], options)
    : run("npm", args, { ...options, shell: process.platform === "win32" });
}

/**
 * @param {string} command
 * @param {string[]} [args]
 * @returns {Promise<boolean>} whether the command exists and answers
 */
export async function answers(command, args = ["--version"]) {
  return (await run(command, args, { timeout: 15_000 })).ok;
}
