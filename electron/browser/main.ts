import { Command, InvalidArgumentError } from "commander";
import { Failure } from "../../common/failure.ts";
import { dataFolder } from "../studio/data-folder.ts";
import { runBrowserHost } from "./run-browser-host.ts";

/** Entry of the browser host: `node electron/browser/main.ts`. */

function port(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 65_535) {
    throw new InvalidArgumentError("A port is a whole number up to 65535.");
  }
  return number;
}

const options = new Command("fude studio")
  .description("Opens the studio in a window of Chromium, Chrome or Edge.")
  .option("--data <folder>", "where the library lies")
  .option("--no-window", "only print the address to open")
  .option(
    "--port <number>",
    "listen on this port instead of a free one",
    port,
    0,
  )
  .parse()
  .opts<{ data?: string; window: boolean; port: number }>();

const end = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => end.abort());
}

try {
  await runBrowserHost({
    dataFolder: dataFolder(options.data),
    port: options.port,
    window: options.window,
    signal: end.signal,
    say: (sentence) => process.stdout.write(`${sentence}\n`),
  });
} catch (error) {
  const { message, hint } = Failure.from(error);
  process.stderr.write(`${[message, hint].filter(Boolean).join("\n")}\n`);
  process.exitCode = 1;
}
