import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";

const script = fileURLToPath(
  new URL("time-generator-step.py", import.meta.url),
);
const printedSchema = z.object({ seconds: z.number(), version: z.string() });

/** PyTorch's time, or why there is none. */
export type PyTorchTime =
  | { readonly seconds: number; readonly version: string }
  | { readonly missing: string };

/**
 * Seconds of a training step of the same G in PyTorch eager, with as many threads, in the Python that FUDE_PYTHON names
 * or else `python3`.
 */
export async function timePytorch(
  batch: number,
  side: number,
  threads: number,
): Promise<PyTorchTime> {
  const python = process.env.FUDE_PYTHON ?? "python3";
  try {
    const { stdout } = await promisify(execFile)(
      python,
      [script, batch, side, threads, 8].map(String),
      { timeout: 300_000 },
    );
    return printedSchema.parse(JSON.parse(stdout));
  } catch (error) {
    const lines =
      error instanceof Error ? error.message.trim().split("\n") : [];
    return { missing: `${python}: ${lines.at(-1) ?? String(error)}` };
  }
}
