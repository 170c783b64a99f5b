import { dirname, join } from "node:path";
import { Failure } from "../../common/failure.ts";
import {
  type ExportFormat,
  extensionFor,
  formatOf,
  formatOfName,
} from "./formats.ts";
import { isFolder, stem, trueName } from "./input-files.ts";
import { UsageFailure } from "./usage-failure.ts";

/** One picture to be made. */
export interface Errand {
  file: string;
  out: string;
  /** Where `out` lies; made when it is not there. */
  folder: string;
  format: ExportFormat;
  /** Why it cannot be done, known before anything is read. */
  fault: Failure | null;
}

/**
 * Which file goes where. `out` is a file when its name ends like one that Fude writes and no folder is called so; else
 * it is a folder, in which every picture gets its own name. Earlier results are written over, an input never.
 * @param format for files in a folder, "png"
 * @throws UsageFailure for several files and one name, and for an unknown format
 */
export async function planOutputs(
  files: readonly string[],
  out: string,
  format: string,
): Promise<Errand[]> {
  const toFolder = formatOfName(out) === null || (await isFolder(out));
  if (!toFolder && files.length > 1)
    throw new UsageFailure(
      `${files.length} pictures cannot all be written to ${out}.`,
      "Name a folder.",
    );
  const extension = extensionFor(format);
  const inputs = new Set(await Promise.all(files.map(trueName)));
  const taken = new Set<string>();
  const errands: Errand[] = [];
  for (const file of files) {
    const path = toFolder ? freeName(out, stem(file), extension, taken) : out;
    const fault = inputs.has(await trueName(path))
      ? new Failure(
          "conflict",
          `${file} is not styled: its result would be written over ${path}, which is a picture to be styled.`,
          { subject: file, hint: "Name another folder or file with --out." },
        )
      : null;
    errands.push({
      file,
      out: path,
      folder: dirname(path),
      format: formatOf(path),
      fault,
    });
  }
  return errands;
}

/** "bridge.png"; for a second picture of that name "bridge-2.png". */
function freeName(
  folder: string,
  name: string,
  extension: string,
  taken: Set<string>,
): string {
  for (let count = 1; ; count += 1) {
    const suffix = count === 1 ? "" : `-${count}`;
    const path = join(folder, `${name}${suffix}${extension}`);
    // Some file systems know no capitals.
    const key = path.toLowerCase();
    if (taken.has(key)) continue;
    taken.add(key);
    return path;
  }
}
