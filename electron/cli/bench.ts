import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { Failure } from "../../common/failure.ts";
import type { Surroundings } from "./command-line.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";

const script = fileURLToPath(
  new URL("../../scripts/bench.ts", import.meta.url),
);

/** `fude bench`: measures in a process of its own, as the engine is one. What it prints is JSON in any case. */
export async function bench({
  interrupt,
  report,
}: Surroundings): Promise<ExitCode> {
  const child = spawn(process.execPath, [script], {
    stdio: ["ignore", "pipe", "inherit"],
    signal: interrupt,
  });
  const ended = new Promise<string | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) =>
      resolve(code === 0 ? null : (signal ?? `exit code ${code}`)),
    );
  });
  report.progress({ stage: "measuring" }, "Measuring, about a minute…");
  const [printed, fault] = await Promise.all([text(child.stdout), ended]);
  if (fault !== null)
    throw new Failure("engine-failed", `The measurement ended with ${fault}.`);
  report.result(JSON.parse(printed) as object, printed.trimEnd());
  return exitCodes.done;
}
