import { mkdir } from "node:fs/promises";
import { basename } from "node:path";
import { Failure } from "../../common/failure.ts";
import type { Studio } from "../studio/studio.ts";
import { writeFileAtomically } from "../studio/write-file.ts";
import type { Surroundings } from "./command-line.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { readInput } from "./input-files.ts";
import { type Errand, planOutputs } from "./plan-outputs.ts";
import { type StylePart, withStyles } from "./styles.ts";
import { type Look, stylizePicture } from "./stylize-picture.ts";
import { withStudio } from "./with-studio.ts";

interface StylizeOptions {
  style: string[];
  out: string;
  strength: number;
  brushSize: number;
  depth: number;
  keepColour: number;
  size?: number;
  format: string;
}

interface Failed {
  file: string;
  failure: Failure;
}

/** `fude stylize`: pictures in, pictures out. A file that fails is named; the rest goes on. */
export async function stylize(
  surroundings: Surroundings,
  files: string[],
  options: StylizeOptions,
): Promise<ExitCode> {
  const { report, interrupt } = surroundings;
  const errands = await planOutputs(files, options.out, options.format);
  return withStudio(surroundings, (studio) =>
    withStyles(studio, options.style, async (parts) => {
      const look: Look = { ...options, parts };
      const done: { file: string; out: string }[] = [];
      const failed: Failed[] = [];
      for (const errand of errands) {
        if (interrupt.aborted) break;
        try {
          done.push(await doErrand(studio, surroundings, errand, look));
        } catch (error) {
          if (interrupt.aborted) break;
          const failure = naming(errand.file, error);
          failed.push({ file: errand.file, failure });
          report.notice(
            { file: errand.file, failure: failure.toJSON() },
            `Failed: ${failure.message}${failure.hint === undefined ? "" : ` ${failure.hint}`}`,
          );
        }
      }
      return conclude(surroundings, errands.length, done, failed, parts);
    }),
  );
}

async function doErrand(
  studio: Studio,
  { report, interrupt }: Surroundings,
  { file, out, folder, format, fault }: Errand,
  look: Look,
): Promise<{ file: string; out: string }> {
  if (fault !== null) throw fault;
  const name = file;
  const bytes = await readInput(file);
  const made = await stylizePicture(studio, { name, bytes, format }, look, {
    interrupt,
    onProgress: (progress) =>
      report.progress(
        { file, progress },
        `${file}: ${progress === null ? "waiting" : `${Math.round(100 * progress)} %`}`,
      ),
  });
  await mkdir(folder, { recursive: true });
  await writeFileAtomically(out, made);
  report.notice({ file, out }, `${file} → ${out}`);
  return { file, out };
}

function conclude(
  { report, interrupt }: Surroundings,
  asked: number,
  done: { file: string; out: string }[],
  failed: Failed[],
  parts: readonly StylePart[],
): ExitCode {
  const cancelled = interrupt.aborted && done.length + failed.length < asked;
  const [only] = failed;
  if (!cancelled && asked === 1 && only !== undefined) throw only.failure;
  report.result(
    {
      styles: parts.map(({ style: { id, name }, share }) => ({
        id,
        name,
        share,
      })),
      done,
      failed: failed.map(({ file, failure }) => ({
        file,
        ...failure.toJSON(),
      })),
      cancelled,
    },
    [
      `${done.length} of ${asked} done${cancelled ? ", then ended with Ctrl-C" : ""}.`,
      ...failed.map(({ file }) => `Failed: ${file}`),
    ].join("\n"),
  );
  if (cancelled) return exitCodes.cancelled;
  if (failed.length === 0) return exitCodes.done;
  return done.length === 0 ? exitCodes.failed : exitCodes.someFailed;
}

/** The sentence names the file as the person did, whoever wrote it. */
function naming(file: string, error: unknown): Failure {
  const { code, message, hint } = Failure.from(error);
  if (message.includes(file)) return Failure.from(error);
  const name = basename(file);
  const sentence = message.startsWith(name)
    ? file + message.slice(name.length)
    : `${file}: ${message}`;
  return new Failure(code, sentence, { subject: file, hint, cause: error });
}
