import type { Style } from "../../common/contract/studio.ts";
import { Failure } from "../../common/failure.ts";
import type { Studio } from "../studio/studio.ts";
import type { Surroundings } from "./command-line.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { isFile, readInput } from "./input-files.ts";
import { withStudio } from "./with-studio.ts";

/** `fude styles`: what there is to paint with. */
export async function listStyles(
  surroundings: Surroundings,
): Promise<ExitCode> {
  return withStudio(surroundings, async (studio) => {
    const styles = await studio.call("listStyles", {});
    const lines = styles.map(
      ({ id, name, origin, recipe }) =>
        `${name}  (${origin}, ${recipe}, ${id})`,
    );
    surroundings.report.result(
      { styles },
      lines.length === 0
        ? "There is no style yet; “fude train” makes one."
        : lines.join("\n"),
    );
    return exitCodes.done;
  });
}

/** `fude styles add`: pictures become a style in one pass. */
export async function addStyle(
  surroundings: Surroundings,
  files: string[],
  { name }: { name?: string },
): Promise<ExitCode> {
  return withStudio(surroundings, async (studio) => {
    const style = await styleFromFiles(studio, files, name);
    surroundings.report.result(
      { style },
      `“${style.name}” is a style now.\nLicence: ${style.licence}`,
    );
    return exitCodes.done;
  });
}

/** @throws Failure that names the file */
async function styleFromFiles(
  studio: Studio,
  files: readonly string[],
  name?: string,
): Promise<Style> {
  const pictures: { name: string; bytes: Uint8Array<ArrayBuffer> }[] = [];
  for (const file of files)
    pictures.push({ name: file, bytes: await readInput(file) });
  return studio.call("styleFromPictures", {
    pictures,
    ...(name === undefined ? {} : { name }),
  });
}

/**
 * Paints with a style that is in the library, or with one that a picture file gives; the latter is gone afterwards.
 * @param wanted a style's id or name, else the path of a picture
 * @throws Failure `not-found` where it is neither
 */
export async function withStyle<Result>(
  studio: Studio,
  wanted: string,
  work: (style: Style) => Promise<Result>,
): Promise<Result> {
  const known = await studio.call("listStyles", {});
  const found = named(known, wanted);
  if (found !== undefined) return work(found);
  if (!(await isFile(wanted))) throw noStyle(wanted);
  const style = await styleFromFiles(studio, [wanted]);
  try {
    return await work(style);
  } finally {
    if (!known.some(({ id }) => id === style.id))
      await studio.call("deleteStyle", { styleId: style.id });
  }
}

/** The style of that id, else the newest of that name. @throws Failure `not-found` */
export async function findStyle(
  studio: Studio,
  wanted: string,
): Promise<Style> {
  const style = named(await studio.call("listStyles", {}), wanted);
  if (style === undefined) throw noStyle(wanted);
  return style;
}

function named(styles: readonly Style[], wanted: string): Style | undefined {
  return (
    styles.find(({ id }) => id === wanted) ??
    styles.find(({ name }) => name === wanted) ??
    styles.find(({ name }) => name.toLowerCase() === wanted.toLowerCase())
  );
}

function noStyle(wanted: string): Failure {
  return new Failure("not-found", `There is no style “${wanted}”.`, {
    subject: wanted,
    hint: "“fude styles” lists them; a picture file can be one, too.",
  });
}
