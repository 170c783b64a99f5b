#!/usr/bin/env node
import { join } from "node:path";
import { root } from "./set-up/places.mjs";
import { runInForeground } from "./set-up/run.mjs";
import { giveUp, setUp } from "./set-up.mjs";

/** `fude`: the command line, after a set-up that is silent on stdout and speaks on stderr only if it has work to do. */

const { node, env } = await setUp({ parts: ["tensorflow"], quiet: true }).catch(
  giveUp,
);
process.exitCode = await runInForeground(
  node,
  [join(root, "electron", "cli", "main.ts"), ...process.argv.slice(2)],
  { env },
);
