import { Command, CommanderError, InvalidArgumentError } from "commander";
import {
  type ExtraLoss,
  extraLosses,
  recipes,
  trainingSizes,
} from "../../common/contract/engine.ts";
import { Failure } from "../../common/failure.ts";
import { qualitySchema } from "../../common/training-quality.ts";
import { bench } from "./bench.ts";
import { doctor } from "./doctor.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { exportProject } from "./export-project.ts";
import { importProject } from "./import-project.ts";
import { exportModel, importModel } from "./model-files.ts";
import { jsonReport, type Report, textReport } from "./report.ts";
import { addStyle, listStyles } from "./styles.ts";
import { stylize } from "./stylize.ts";
import { train } from "./train.ts";
import { UsageFailure } from "./usage-failure.ts";

export interface Terminal {
  out: { write(text: string): unknown };
  err: { write(text: string): unknown; isTTY?: boolean; columns?: number };
}

/** What every command gets. */
export interface Surroundings {
  report: Report;
  /** Fires on Ctrl-C. */
  interrupt: AbortSignal;
  /** What `--data` says. */
  data: string | undefined;
}

const exitCodeHelp = `
Exit codes:
  0    done
  1    failed; the sentence on stderr says what and why
  2    the command line is wrong
  3    some files failed, the others are done
  130  ended with Ctrl-C

The library lies where --data or FUDE_DATA says, else where the system keeps programs' data.`;

/**
 * Runs one `fude` command. Never throws: what goes wrong is reported and told by the exit code.
 * @param words the command line without node and script
 */
export async function runCommandLine(
  words: readonly string[],
  terminal: Terminal,
  interrupt: AbortSignal,
): Promise<ExitCode> {
  const report = words.includes("--json")
    ? jsonReport(terminal)
    : textReport(terminal);
  let code: ExitCode = exitCodes.done;
  const program = fude(terminal, (work) => async (...given) => {
    const command = given.at(-1) as Command;
    const { data } = command.optsWithGlobals<{ data?: string }>();
    code = await work({ report, interrupt, data }, ...given);
  });
  try {
    await program.parseAsync([...words], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.code === "commander.help")
        terminal.err.write(program.helpInformation());
      return usage(error, report);
    }
    if (interrupt.aborted) {
      report.failure(new Failure("cancelled", "Ended with Ctrl-C."));
      return exitCodes.cancelled;
    }
    report.failure(Failure.from(error));
    return error instanceof UsageFailure ? exitCodes.usage : exitCodes.failed;
  }
}

function usage(error: CommanderError, report: Report): ExitCode {
  // Help and version were asked for.
  if (error.exitCode === 0) return exitCodes.done;
  if (error.code !== "commander.help")
    report.failure(
      new UsageFailure(
        error.message.replace(/^error: /, ""),
        "“fude --help” lists the commands, “fude COMMAND --help” its options.",
      ),
    );
  return exitCodes.usage;
}

type Work<Given extends unknown[]> = (
  surroundings: Surroundings,
  ...given: Given
) => Promise<ExitCode>;
type Wrap = <Given extends unknown[]>(
  work: Work<Given>,
) => (...given: Given) => Promise<void>;

function fude(terminal: Terminal, run: Wrap): Command {
  const program = new Command("fude")
    .description("Gives pictures a style, and learns yours from your drawings.")
    .addHelpText("after", exitCodeHelp);
  const command = (name: string, description: string, parent = program) =>
    parent
      .command(name)
      .description(description)
      .option("--json", "one JSON object a line: progress, then the result")
      .option("--data <dir>", "the library's folder");

  command("doctor", "say what Fude computes on, and what is missing").action(
    run(doctor),
  );

  command("train", "learn a style from a folder of drawings")
    .addHelpText(
      "after",
      "\nCtrl-C writes a checkpoint; --resume goes on from it.",
    )
    .requiredOption("--name <name>", "the name of the style")
    .option("--drawings <dir>", "folder of the drawings to learn from")
    .option("--photos <dir>", "folder of photographs to draw on")
    .option("--recipe <recipe>", "way of training", oneOf(recipes), "personal")
    .option("--size <size>", "published, fast or lite", oneOf(trainingSizes))
    .option(
      "--quality <quality>",
      "how good it is to become: quick, good or fine",
      oneOf(qualitySchema.options),
      "good",
    )
    .option("--minutes <n>", "how long to train instead", number(0.05, 10_000))
    .option(
      "--steps <n>",
      "how many steps to take instead",
      whole(1, 10_000_000),
    )
    .option("--seed <n>", "start of the random numbers", whole(0, 2 ** 32 - 1))
    .option("--extra <loss=weight>", "a loss more; may be repeated", extraLoss)
    .option("--resume", "go on with the newest unfinished training of the name")
    .action(run(train));

  const styles = command("styles", "list the styles").action(run(listStyles));
  command("add", "make a style of pictures, without training", styles)
    .argument("<pictures...>", "pictures of one look; they are only read")
    .option("--name <name>", "the name of the style; else the first picture's")
    .action(run(addStyle));

  command("stylize", "give pictures a style")
    .argument("<files...>", "pictures; they are only read")
    .requiredOption(
      "--style <name>",
      "a style's name or id, or a picture file; several are mixed: --style oil:0.4 --style comic:0.6",
      (word: string, words: string[] = []) => [...words, word],
    )
    .requiredOption(
      "--out <path>",
      "a file (.png .jpg .webp .tif .psd .fude), or a folder",
    )
    .option("--strength <n>", "0 the picture, 1 the style", number(0, 1), 1)
    .option("--depth <n>", "0 the picture, 1 drawn anew", number(0, 1), 1)
    .option("--brush-size <n>", "size of the strokes", number(0.25, 4), 1)
    .option("--keep-colour <n>", "1 keeps the colours", number(0, 1), 0)
    .option("--size <n>", "longest side in pixels", whole(16, 30_000))
    .option("--format <format>", "format of files in a folder", "png")
    .action(run(stylize));

  command("export", "write a project to a file")
    .argument("<project>", "a project's name or id")
    .requiredOption(
      "--out <file>",
      "a file (.png .jpg .webp .tif .psd), or the project itself (.fude)",
    )
    .action(run(exportProject));

  command("import", "take a file into the library as a project")
    .argument("<file>", "a .fude, a PSD or a picture; it is only read")
    .action(run(importProject));

  command("import-model", "make a style of a published checkpoint")
    .argument("<file>", "a .pth, .pt, .model or .safetensors; it is only read")
    .option("--name <name>", "the name of the style; else the file's")
    .action(run(importModel));

  command("export-model", "write a style to a file of weights")
    .argument("<style>", "a style's name or id")
    .requiredOption("--out <file>", "a file (.safetensors)")
    .action(run(exportModel));

  command("bench", "measure the engine on this machine").action(run(bench));

  for (const each of [program, ...program.commands, ...styles.commands])
    each.exitOverride().configureOutput({
      writeOut: (text) => void terminal.out.write(text),
      // Errors are reported once, in one place.
      writeErr: () => {},
    });
  return program;
}

function number(least: number, most: number): (word: string) => number {
  return (word) => {
    const value = Number(word);
    if (word.trim() === "" || !(value >= least && value <= most))
      throw new InvalidArgumentError(
        `It is a number from ${least} to ${most}.`,
      );
    return value;
  };
}

function whole(least: number, most: number): (word: string) => number {
  return (word) => {
    const value = Number(word);
    if (!Number.isInteger(value) || value < least || value > most)
      throw new InvalidArgumentError(
        `It is a whole number from ${least} to ${most}.`,
      );
    return value;
  };
}

function oneOf<Word extends string>(
  words: readonly Word[],
): (word: string) => Word {
  return (word) => {
    const found = words.find((each) => each === word);
    if (found === undefined)
      throw new InvalidArgumentError(`It is one of ${words.join(", ")}.`);
    return found;
  };
}

/** Adds one `loss=weight` to those before. */
function extraLoss(
  word: string,
  before: Partial<Record<ExtraLoss, number>> = {},
): Partial<Record<ExtraLoss, number>> {
  const [name = "", weight = ""] = word.split("=", 2);
  return { ...before, [oneOf(extraLosses)(name)]: number(0, 1000)(weight) };
}
