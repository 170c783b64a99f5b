import type { Style } from "../../common/contract/studio.ts";
import { Failure } from "../../common/failure.ts";
import type { Studio } from "../studio/studio.ts";
import type { Surroundings } from "./command-line.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { isFile, readInput } from "./input-files.ts";
import { styleShares } from "./style-shares.ts";
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

/** A style and its share of the whole. */
export interface StylePart {
  style: Style;
  share: number;
}

/**
 * Paints with styles that are in the library, or that picture files give; the latter are gone afterwards.
 * @param wanted for each its id, its name or the path of a picture; of several each with its weight: "oil:0.4"
 * @throws Failure `not-found` where one is neither; UsageFailure where weights are missing
 */
export async function withStyles<Result>(
  studio: Studio,
  wanted: readonly string[],
  work: (parts: StylePart[]) => Promise<Result>,
): Promise<Result> {
  const known = await studio.call("listStyles", {});
  const made: Style[] = [];
  const find = async (word: string) => {
    const found = named(known, word);
    if (found !== undefined) return found;
    if (!(await isFile(word))) throw noStyle(word);
    const style = await styleFromFiles(studio, [word]);
    if (!known.some(({ id }) => id === style.id)) made.push(style);
    return style;
  };
  try {
    const parts: StylePart[] = [];
    for (const { word, share } of styleShares(wanted))
      parts.push({ style: await find(word), share });
    return await work(parts);
  } finally {
    for (const { id } of made)
      await studio.call("deleteStyle", { styleId: id });
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
