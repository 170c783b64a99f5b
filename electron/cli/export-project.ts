import { Failure } from "../../common/failure.ts";
import type { Studio } from "../studio/studio.ts";
import { writeFileAtomically } from "../studio/write-file.ts";
import type { Surroundings } from "./command-line.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { formatOf } from "./formats.ts";
import { withStudio } from "./with-studio.ts";

/** `fude export`: a project leaves as a file. */
export async function exportProject(
  surroundings: Surroundings,
  project: string,
  { out }: { out: string },
): Promise<ExitCode> {
  const format = formatOf(out);
  return withStudio(surroundings, async (studio) => {
    const projectId = await findProject(studio, project);
    const { bytes } = await studio.call("exportProject", { projectId, format });
    await writeFileAtomically(out, bytes);
    surroundings.report.result(
      { out, projectId, bytes: bytes.length },
      `Wrote ${out}`,
    );
    return exitCodes.done;
  });
}

/** The project of that id, else the one of that name that was changed last. @throws Failure `not-found` */
async function findProject(studio: Studio, wanted: string): Promise<string> {
  const projects = await studio.call("listProjects", {});
  const found =
    projects.find(({ id }) => id === wanted) ??
    projects.find(({ name }) => name === wanted);
  if (found === undefined)
    throw new Failure("not-found", `There is no project “${wanted}”.`, {
      subject: wanted,
    });
  return found.id;
}
