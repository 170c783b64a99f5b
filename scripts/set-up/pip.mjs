import { answers } from "./run.mjs";

/** @returns {Promise<{ command: string, args: string[] } | undefined>} a pip that answers */
export async function findPip() {
  const candidates = [
    { command: "python3", args: ["-m", "pip"] },
    { command: "python", args: ["-m", "pip"] },
    { command: "py", args: ["-m", "pip"] },
    { command: "pip3", args: [] },
    { command: "pip", args: [] },
  ];
  for (const { command, args } of candidates)
    if (await answers(command, [...args, "--version"]))
      return { command, args };
  return undefined;
}
