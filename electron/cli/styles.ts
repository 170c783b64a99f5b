import type { Style } from "../../common/contract/studio.ts";
import { Failure } from "../../common/failure.ts";
import type { Studio } from "../studio/studio.ts";
import type { Surroundings } from "./command-line.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
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

/** The style of that id, else the newest of that name. @throws Failure `not-found` */
export async function findStyle(
  studio: Studio,
  wanted: string,
): Promise<Style> {
  const styles = await studio.call("listStyles", {});
  const style =
    styles.find(({ id }) => id === wanted) ??
    styles.find(({ name }) => name === wanted) ??
    styles.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  if (style === undefined)
    throw new Failure("not-found", `There is no style “${wanted}”.`, {
      subject: wanted,
      hint: "“fude styles” lists them.",
    });
  return style;
}
