import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(
  new URL("../../../electron/cli/main.ts", import.meta.url),
);

interface Line {
  kind: "progress" | "notice" | "result" | "failure";
  [key: string]: unknown;
}
interface Ended {
  code: number | null;
  lines: Line[];
  err: string;
}

export type OnLine = (line: Line, child: ChildProcess) => void;

/** Runs `fude … --json`; every line of its output has to be an object. */
export function runFude(
  words: string[],
  dataFolder: string,
  onLine: OnLine = () => {},
): Promise<Ended> {
  const child = spawn(
    process.execPath,
    [main, ...words, "--json", "--data", dataFolder],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  const lines: Line[] = [];
  let rest = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const parts = (rest + text).split("\n");
    rest = parts.pop()!;
    for (const part of parts) {
      const line = JSON.parse(part) as Line;
      lines.push(line);
      onLine(line, child);
    }
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (rest === "") resolve({ code, lines, err });
      else
        reject(new Error(`The output ends in the middle of a line: ${rest}`));
    });
  });
}
