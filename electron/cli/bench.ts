import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Failure } from "../../common/failure.ts";
import type { Surroundings } from "./command-line.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";

const script = fileURLToPath(
  new URL("../../scripts/bench.ts", import.meta.url),
);

/** `fude bench`: measures in a process of its own, as the engine is one. What it prints is JSON in any case. */
export function bench({ interrupt }: Surroundings): Promise<ExitCode> {
  const child = spawn(process.execPath, [script], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  interrupt.addEventListener("abort", () => child.kill(), { once: true });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      if (code === 0) resolve(exitCodes.done);
      else if (interrupt.aborted) resolve(exitCodes.cancelled);
      else
        reject(
          new Failure(
            "engine-failed",
            `The measurement ended with ${signal ?? `exit code ${code}`}.`,
          ),
        );
    });
  });
}
