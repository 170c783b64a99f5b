import { execFile } from "node:child_process";
import { availableParallelism, cpus } from "node:os";
import { promisify } from "node:util";

/** "AMD EPYC, 2 threads". */
export function processorName(threads: number): string {
  const model = cpus()[0]?.model.replaceAll(/\s+/g, " ").trim();
  return `${model || "Processor"}, ${threads} ${threads === 1 ? "thread" : "threads"}`;
}

/** The threads that TensorFlow takes for one operation: as many as this process may run at once. */
export function processorThreads(): number {
  return availableParallelism();
}

/** "NVIDIA H200", from the driver's own tool. */
export async function graphicsCardName(): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(
      "nvidia-smi",
      ["--query-gpu=name", "--format=csv,noheader"],
      { timeout: 10_000 },
    );
    return stdout.split("\n")[0]?.trim() || "NVIDIA graphics card";
  } catch {
    return "NVIDIA graphics card";
  }
}
