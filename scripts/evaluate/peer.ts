import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import sharp from "sharp";
import { Failure } from "../../common/failure.ts";
import type { Raster } from "../../common/raster.ts";
import { readPicture } from "../training-pictures.ts";
import { type Candidate, resized } from "./candidates.ts";
import type { NamedPicture } from "./picture-files.ts";

/**
 * Someone else's way, as a command that reads `{content}` and `{style}` (PNG, at the size at which all are judged) and
 * writes a picture to `{out}`. It is split into words at blanks and run without a shell.
 * @param seconds it may take for one picture
 * @throws Failure "invalid" for a command that lacks one of the three, and when painting where it fails
 */
export function peerCandidate(
  command: string,
  seen: readonly NamedPicture[],
  seconds: number,
): Candidate {
  const words = command.split(/\s+/).filter((word) => word !== "");
  for (const place of ["{content}", "{style}", "{out}"]) {
    if (words.some((word) => word.includes(place))) continue;
    throw new Failure(
      "invalid",
      `The peer “${command}” does not use ${place}.`,
      {
        hint: "Write it as --peer 'command {content} {style} {out}'.",
      },
    );
  }
  return {
    name: peerName(words),
    async paint({ raster }, index) {
      const folder = await mkdtemp(join(tmpdir(), "fude-peer-"));
      try {
        const files: Record<string, string> = {
          "{content}": join(folder, "content.png"),
          "{style}": join(folder, "style.png"),
          "{out}": join(folder, "out.png"),
        };
        await writePng(raster, files["{content}"]!);
        await writePng(seen[index % seen.length]!.raster, files["{style}"]!);
        const filled = words.map((word) =>
          word.replace(/\{(content|style|out)\}/g, (place) => files[place]!),
        );
        await runCommand(filled, seconds);
        return await resultOf(files["{out}"]!, filled[0]!, raster);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

/** The program, or what an interpreter was given to run. */
function peerName(words: readonly string[]): string {
  const script = words.find((word, i) => i > 0 && /^[^{-].*\.\w+$/.test(word));
  return basename(script ?? words[0]!).replace(/\.\w+$/, "");
}

function runCommand(words: readonly string[], seconds: number): Promise<void> {
  const [program = "", ...args] = words;
  return new Promise((resolve, reject) => {
    const refuse = (fault: string) =>
      reject(
        new Failure("engine-failed", `The peer ${program} ${fault}.`, {
          subject: program,
          hint: `It was run as: ${words.join(" ")}`,
        }),
      );
    const child = spawn(program, args, {
      stdio: ["ignore", "ignore", "pipe"],
      timeout: seconds * 1000,
      killSignal: "SIGKILL",
    });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => {
      said = (said + chunk).slice(-2000);
    });
    child.on("error", ({ message }) => refuse(`does not run (${message})`));
    child.on("close", (code, signal) => {
      if (code === 0) resolve();
      else if (signal === "SIGKILL") refuse(`took more than ${seconds} s`);
      else refuse(`ended with ${signal ?? `code ${code}`}: ${said.trim()}`);
    });
  });
}

async function resultOf(
  file: string,
  program: string,
  photo: Raster,
): Promise<Raster> {
  const shortSide = Math.min(photo.width, photo.height);
  const result = await readPicture(file, shortSide).catch((cause) => {
    throw new Failure(
      "engine-failed",
      `The peer ${program} wrote no picture.`,
      {
        subject: program,
        hint: "It has to write a PNG to {out}.",
        cause,
      },
    );
  });
  return result.width === photo.width && result.height === photo.height
    ? result
    : resized(result, photo);
}

async function writePng(
  { width, height, samples }: Raster,
  file: string,
): Promise<void> {
  await sharp(samples, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 1 })
    .toFile(file);
}
