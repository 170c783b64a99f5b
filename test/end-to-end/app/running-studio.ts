import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** The clone. */
export const root = fileURLToPath(new URL("../../../", import.meta.url));

export interface RunningStudio {
  readonly pid: number;
  /** The one-time address that it printed. */
  readonly address: string;
  /** What it has written to stderr: its log, a JSON object a line. */
  log(): string;
  /** The engine process that it has now, or null. */
  enginePid(): number | null;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
  /** Asks it to end, as Ctrl+C does, and waits for the exit code. */
  stop(): Promise<number | null>;
}

/**
 * Starts the browser host as a person does, without a window.
 * @param data the library's folder
 */
export async function startStudio(data: string): Promise<RunningStudio> {
  const child = spawn(
    process.execPath,
    ["electron/browser/main.ts", "--no-window", "--data", data],
    { cwd: root, stdio: ["ignore", "pipe", "pipe"] },
  );
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    log += text;
  });
  const ended = once(child, "exit").then(([code]) => code as number | null);
  const address = await Promise.race([
    addressIn(child.stdout),
    ended.then((code) => {
      throw new Error(`The studio ended with ${code}: ${log}`);
    }),
  ]);
  const pid = child.pid ?? 0;
  return {
    pid,
    address,
    log: () => log,
    enginePid: () => childrenOf(pid)[0] ?? null,
    ended,
    stop() {
      child.kill("SIGTERM");
      return ended;
    },
  };
}

async function addressIn(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const address = /http:\/\/\S+/.exec(line)?.[0];
    if (address !== undefined) {
      output.resume();
      return address;
    }
  }
  return new Promise(() => {});
}

/** Process ids of a process's children that still live. */
export function childrenOf(parent: number): number[] {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,stat="], {
    encoding: "utf8",
  });
  return table.split("\n").flatMap((line) => {
    const [pid, ppid, state] = line.trim().split(/\s+/);
    return Number(ppid) === parent && !state?.startsWith("Z")
      ? [Number(pid)]
      : [];
  });
}
