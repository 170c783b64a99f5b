/**
 * Measures how good the pictures are, by means that are never a loss: a table on stderr, JSON on stdout.
 * docs/models/evaluation.md says what is measured and how to read it.
 *
 *   npm run evaluate                                     the base model's instant style on unseen pairs
 *   npm run evaluate -- --style NAME_OR_FILE --drawings FOLDER   a style against its folder's held-out drawings
 *   npm run evaluate -- perceptual                       P against its teacher
 *   npm run evaluate -- evaluators                       whether the evaluators can tell hands apart
 *   npm run evaluate -- split FOLDER OUT                 copies what a style may be trained on before it is evaluated
 */
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Failure } from "../common/failure.ts";
import { startRuntime } from "../native-models/runtime/start-runtime.ts";
import { pictureFrom } from "../native-models/training/picture.ts";
import { readBaseModel, readPerceptual } from "./evaluate/base-model.ts";
import { classical } from "./evaluate/classical.ts";
import { contactSheet, type SheetRow } from "./evaluate/contact-sheet.ts";
import type { EvaluationContext } from "./evaluate/context.ts";
import { copyTrainingPart } from "./evaluate/copy-training-part.ts";
import { evaluateBase } from "./evaluate/evaluate-base.ts";
import { evaluateStyle, type StyleReport } from "./evaluate/evaluate-styles.ts";
import { knownSets } from "./evaluate/known-sets.ts";
import { type EvaluateOptions, readOptions } from "./evaluate/options.ts";
import {
  perceptualFigures,
  perceptualTable,
} from "./evaluate/perceptual-figures.ts";
import { provePerceptual } from "./evaluate/prove-perceptual.ts";
import { squeezeNet } from "./evaluate/squeezenet.ts";
import { baseTable, styleTables } from "./evaluate/tables.ts";
import {
  validateEvaluators,
  validationTable,
} from "./evaluate/validate-evaluators.ts";
import { readTeacher } from "./read-teacher.ts";
import {
  readSplit,
  shipPhotoFolders,
  shipStyleFolders,
} from "./training-pictures.ts";

const models = fileURLToPath(new URL("../resources/models", import.meta.url));

try {
  await evaluate(readOptions(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(`evaluate: ${error.message}`);
  if (error.hint !== undefined) console.error(`          ${error.hint}`);
  process.exitCode = 1;
}

async function evaluate(options: EvaluateOptions): Promise<void> {
  if (options.command === "split") {
    const [folder = "", out = ""] = options.folders;
    await copyTrainingPart(folder, out);
    return;
  }
  await startRuntime();
  if (options.command === "perceptual") {
    await perceptual(options);
    return;
  }
  const network = squeezeNet(options.data);
  const evaluators = network === null ? [classical] : [network, classical];
  if (options.command === "evaluators") {
    const folders = foldersOf(options);
    const { side } = options;
    const report = await validateEvaluators(
      evaluators,
      folders,
      side,
      progress,
    );
    await write(options, report, {}, validationTable(report));
    return;
  }
  const base = readBaseModel(models);
  const context = { options, models, base, evaluators, progress };
  if (options.styles.length > 0) await evaluateStyles(context);
  else await evaluateInstant(context);
}

function progress(text: string): void {
  console.error(text);
}

function foldersOf({ drawings, data }: EvaluateOptions): readonly string[] {
  return drawings.length > 0 ? drawings : shipStyleFolders(data);
}

/** P against its teacher; fails where a figure is missed. */
async function perceptual(options: EvaluateOptions): Promise<void> {
  const { data } = options;
  const heldOut = async (folders: readonly string[]) =>
    (await readSplit(folders, 288)).heldOut.map(pictureFrom);
  const figures = perceptualFigures(
    provePerceptual(
      readPerceptual(models),
      readTeacher(pathToFileURL(`${resolve(data)}/`)),
      await heldOut(shipPhotoFolders(data)),
      await heldOut(shipStyleFolders(data)),
    ),
  );
  const report = { kind: "perceptual", figures };
  await write(options, report, {}, perceptualTable(figures));
  if (!figures.every(({ passed }) => passed)) process.exitCode = 1;
}

async function evaluateInstant(context: EvaluationContext): Promise<void> {
  const { options } = context;
  const folders = foldersOf(options);
  const { report, rows } = await evaluateBase(context, folders);
  await write(options, report, { instant: rows }, baseTable(report));
}

async function evaluateStyles(context: EvaluationContext): Promise<void> {
  const { options, evaluators, progress } = context;
  const known = existsSync(join(options.data, "styles"))
    ? shipStyleFolders(options.data)
    : options.drawings;
  const sets = await knownSets(evaluators[0]!, known, options.side, progress);
  const reports: StyleReport[] = [];
  const sheets: Record<string, SheetRow[]> = {};
  for (const [index, style] of options.styles.entries()) {
    const drawings = options.drawings[index] ?? null;
    const { report, rows } = await evaluateStyle(
      context,
      style,
      drawings,
      sets,
    );
    reports.push(report);
    sheets[`${index + 1}-${report.style}`] = rows;
  }
  await write(
    options,
    { kind: "styles", styles: reports },
    sheets,
    styleTables(reports),
  );
}

/** The table for people on stderr; the report on stdout, or with the contact sheets in the folder that was named. */
async function write(
  { out }: EvaluateOptions,
  report: object,
  sheets: Readonly<Record<string, readonly SheetRow[]>>,
  table: string,
): Promise<void> {
  console.error(`\n${table}`);
  const json = JSON.stringify(report, null, 2);
  if (out === null) {
    console.log(json);
    return;
  }
  await mkdir(out, { recursive: true });
  await writeFile(join(out, "report.json"), `${json}\n`);
  for (const [name, rows] of Object.entries(sheets)) {
    const file = `${name.replace(/[^\w-]+/g, "-").toLowerCase()}.png`;
    await writeFile(join(out, file), await contactSheet(rows));
  }
  console.error(`Written to ${out}`);
}
