import { writeFileAtomically } from "../studio/write-file.ts";
import type { Surroundings } from "./command-line.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { readInput } from "./input-files.ts";
import { findStyle } from "./styles.ts";
import { UsageFailure } from "./usage-failure.ts";
import { withStudio } from "./with-studio.ts";

/** `fude import-model`: a published checkpoint becomes a style. */
export async function importModel(
  surroundings: Surroundings,
  file: string,
  { name }: { name?: string },
): Promise<ExitCode> {
  const bytes = await readInput(file, "a model");
  return withStudio(surroundings, async (studio) => {
    const { style, recognised } = await studio.call("importModel", {
      fileName: file,
      bytes,
      ...(name === undefined ? {} : { name }),
    });
    surroundings.report.result(
      { file, style, recognised },
      `“${style.name}” is a style now: ${recognised}.\nLicence: ${style.licence}`,
    );
    return exitCodes.done;
  });
}

/** `fude export-model`: a style leaves as safetensors that PyTorch loads. */
export async function exportModel(
  surroundings: Surroundings,
  style: string,
  { out }: { out: string },
): Promise<ExitCode> {
  if (!/\.safetensors$/i.test(out)) {
    throw new UsageFailure(`${out} has to end in .safetensors.`);
  }
  return withStudio(surroundings, async (studio) => {
    const { id, name } = await findStyle(studio, style);
    const { bytes, recognised } = await studio.call("exportModel", {
      styleId: id,
    });
    await writeFileAtomically(out, bytes);
    surroundings.report.result(
      { out, style: { id, name }, recognised, bytes: bytes.length },
      `Wrote ${out}`,
    );
    return exitCodes.done;
  });
}
