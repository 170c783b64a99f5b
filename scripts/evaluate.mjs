import { join } from "node:path";
import { root } from "./set-up/places.mjs";
import { runInForeground } from "./set-up/run.mjs";
import { giveUp, setUp } from "./set-up.mjs";

/** `npm run evaluate`: after a set-up that is silent on stdout and speaks on stderr only if it has work to do. */

const { node, env } = await setUp({ parts: ["tensorflow"], quiet: true }).catch(
  giveUp,
);
process.exitCode = await runInForeground(
  node,
  [join(root, "scripts", "evaluate.ts"), ...process.argv.slice(2)],
  { env },
);
