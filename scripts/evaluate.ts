/**
 * Measures how good the pictures are, by means that are never a loss: a table on stderr, JSON on stdout.
 * docs/models/evaluation.md says what is measured and how to read it.
 *
 *   npm run evaluate                                     the base model's instant style on unseen pairs
 *   npm run evaluate -- --style NAME_OR_FILE --drawings FOLDER   a style against its folder's held-out drawings
 *   npm run evaluate -- perceptual                       P against its teacher
 */
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "../common/failure.ts";
import { startRuntime } from "../native-models/runtime/start-runtime.ts";
import { readBaseModel } from "./evaluate/base-model.ts";
import { classical } from "./evaluate/classical.ts";
import { contactSheet, type SheetRow } from "./evaluate/contact-sheet.ts";
import type { EvaluationContext } from "./evaluate/context.ts";
import { evaluateBase } from "./evaluate/evaluate-base.ts";
import { evaluateStyle, type StyleReport } from "./evaluate/evaluate-styles.ts";
import { knownSets } from "./evaluate/known-sets.ts";
import { type EvaluateOptions, readOptions } from "./evaluate/options.ts";
import { squeezeNet } from "./evaluate/squeezenet.ts";
import { baseTable, styleTables } from "./evaluate/tables.ts";
import { shipStyleFolders } from "./training-pictures.ts";

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
  await startRuntime();
  const network = squeezeNet(options.data);
  const context: EvaluationContext = {
    options,
    models,
    base: readBaseModel(models),
    evaluators: network === null ? [classical] : [network, classical],
    progress: (text) => console.error(text),
  };
  if (options.styles.length > 0) await styles(context);
  else await base(context);
}

async function base(context: EvaluationContext): Promise<void> {
  const { options } = context;
  const folders =
    options.drawings.length > 0
      ? options.drawings
      : shipStyleFolders(options.data);
  const { report, rows } = await evaluateBase(context, folders);
  await write(options, report, { instant: rows }, baseTable(report));
}

async function styles(context: EvaluationContext): Promise<void> {
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
