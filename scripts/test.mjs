import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildPage } from "./build.mjs";
import { cloneCache, root } from "./set-up/places.mjs";
import { reasonOf } from "./set-up/reason-of.mjs";
import { runInForeground } from "./set-up/run.mjs";
import { giveUp, setUp } from "./set-up.mjs";

/**
 * `npm test`: sets up, then checks types, style and leftovers, then runs the tests. `npm test -- unit lint` runs those
 * sections alone; any other argument goes to vitest (`npm test -- unit history`).
 */

const modules = join(root, "node_modules");
const knip = join(modules, "knip", "bin", "knip.js");
const checks = {
  types: [[join(modules, "typescript", "bin", "tsc"), "-b"]],
  lint: [
    [
      join(modules, "@biomejs", "biome", "bin", "biome"),
      "ci",
      "--diagnostic-level=error",
      ...colours("--colors=off"),
      ".",
    ],
  ],
  // Then again without tests and scripts: what only they need is no dependency of the studio's.
  unused: [[knip], [knip, "--production", "--include=dependencies"]],
};
const suites = ["unit", "integration", "end-to-end", "electron"];

const asked = process.argv.slice(2);
const isSection = (/** @type {string} */ word) =>
  word in checks || suites.includes(word);
const sections = asked.filter(isSection);
const forVitest = asked.filter((word) => !isSection(word));
const wanted = (/** @type {string} */ name) =>
  sections.length === 0 || sections.includes(name);

/** For programs that would colour a log file: what tells them not to. */
function colours(/** @type {string} */ flag) {
  return process.stdout.isTTY ? [] : [flag];
}

const total = { passed: 0, failed: 0, skipped: 0 };
const { node, env } = await setUp().catch(giveUp);
if (!process.stdout.isTTY) env.NO_COLOR = "1";

for (const [name, commands] of Object.entries(checks)) {
  if (!wanted(name)) continue;
  heading(name);
  const codes = [];
  for (const command of commands)
    codes.push(await runInForeground(node, command, { env, cwd: root }));
  if (codes.every((code) => code === 0)) total.passed++;
  else total.failed++;
}
if (wanted("end-to-end") || wanted("electron")) {
  heading("page");
  try {
    await buildPage({ node, env, say: console.log });
  } catch (error) {
    console.log(reasonOf(error));
    total.failed++;
  }
}
for (const name of suites.filter(wanted)) {
  heading(name);
  await runSuite(name);
}

console.log(
  `\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`,
);
process.exitCode = total.failed === 0 ? 0 : 1;

/** @param {string} name */
function heading(name) {
  console.log(`\n── ${name} ${"─".repeat(Math.max(0, 76 - name.length))}`);
}

/**
 * What is read of vitest's report.
 * @typedef {object} Report
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {{ status: string, assertionResults: { status: string }[] }[]} testResults
 */

/**
 * Runs one of vitest's projects and counts what came of it. A file that could not be read, or a run that ended without
 * a report, is one failure: neither may pass unseen.
 * @param {string} name
 */
async function runSuite(name) {
  const folder = join(cloneCache, "reports");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.json`);
  rmSync(file, { force: true });
  const code = await runInForeground(
    node,
    [
      join(modules, "vitest", "vitest.mjs"),
      "run",
      `--project=${name}`,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${file}`,
      ...(sections.length === 1 ? [] : ["--passWithNoTests"]),
      ...forVitest,
    ],
    { env, cwd: root },
  );
  if (!existsSync(file)) {
    total.failed++;
    return;
  }
  /** @type {Report} */
  const report = JSON.parse(readFileSync(file, "utf8"));
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" &&
      assertionResults.every((test) => test.status !== "failed"),
  ).length;
  const failed = report.numFailedTests + broken;
  total.passed += report.numPassedTests;
  total.skipped += report.numPendingTests + report.numTodoTests;
  total.failed += failed === 0 && code !== 0 ? 1 : failed;
}
