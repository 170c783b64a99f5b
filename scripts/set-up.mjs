import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "./set-up/chromium.mjs";
import { electron } from "./set-up/electron.mjs";
import { withLock } from "./set-up/lock.mjs";
import { environmentWith, node } from "./set-up/node.mjs";
import { packages } from "./set-up/packages.mjs";
import { reasonOf } from "./set-up/reason-of.mjs";
import { tensorflow } from "./set-up/tensorflow.mjs";

/** The parts that Fude can do without, by name. */
const optional = { tensorflow, chromium, electron };

/**
 * Makes ready what Fude needs, does nothing that is done already, and says on stderr what it does. Two set-ups at a
 * time wait for one another; one that was interrupted is taken up again.
 * @param {{ parts?: (keyof typeof optional)[], quiet?: boolean }} [options] `quiet` speaks only when something has to be
 *   done
 * @returns {Promise<{ node: string, env: NodeJS.ProcessEnv, chromium: string | undefined, electron: string | undefined }>} the Node to run
 *   everything with, the environment to run it in, and the programs that are there
 */
export async function setUp({
  parts = ["tensorflow", "chromium", "electron"],
  quiet = false,
} = {}) {
  const spoke = { any: false };
  const have = await makeReady(node, { node: process.execPath }, spoke);
  const context = { node: have.path ?? process.execPath };
  const rest = [await makeReady(packages, context, spoke)];
  const found = await Promise.all(
    parts.map((name) => makeReady(optional[name], context, spoke)),
  );
  rest.push(...found);
  if (!quiet || spoke.any) {
    const ready = [have, ...rest].filter((part) => part.ready);
    say(`ready: ${ready.map((part) => part.says).join(", ")}`);
    for (const part of rest) if (!part.ready) say(part.says);
  }
  const pathOf = (/** @type {keyof typeof optional} */ name) =>
    found[parts.indexOf(name)]?.path;
  const env = environmentWith(context.node);
  const browser = pathOf("chromium");
  if (browser) env.FUDE_CHROMIUM = browser;
  return {
    node: context.node,
    env,
    chromium: browser,
    electron: pathOf("electron"),
  };
}

/**
 * Finds a part, or provides it under its lock.
 * @param {import("./set-up/part.mjs").Part} part
 * @param {import("./set-up/part.mjs").Context} context
 * @param {{ any: boolean }} spoke set when something had to be done
 */
async function makeReady(part, context, spoke) {
  const early = await part.check(context);
  if (early) return early;
  spoke.any = true;
  const tell = (/** @type {string} */ sentence) =>
    say(`${part.name}: ${sentence} …`);
  const waiting = () => tell("waiting for another set-up to end");
  return withLock(part.lock, waiting, async () => {
    const meanwhile = await part.check(context);
    if (meanwhile) return meanwhile;
    tell(part.doing);
    const begun = performance.now();
    const state = await part.provide(context, tell);
    const seconds = Math.round((performance.now() - begun) / 1000);
    say(
      `${part.name}: ${state.ready ? "done" : "not to be had"}, ${seconds} s`,
    );
    return state;
  });
}

/**
 * On stderr: stdout belongs to what is being started.
 * @param {string} sentence
 */
function say(sentence) {
  process.stderr.write(`set-up · ${sentence}\n`);
}

/**
 * Ends with a sentence in place of a stack trace.
 * @param {unknown} error
 * @returns {never}
 */
export function giveUp(error) {
  say(reasonOf(error));
  process.exit(1);
}

if (realpathSync(process.argv[1] ?? "") === fileURLToPath(import.meta.url))
  await setUp().catch(giveUp);
