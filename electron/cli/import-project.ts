import { basename } from "node:path";
import type { Surroundings } from "./command-line.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { readInput } from "./input-files.ts";
import { withStudio } from "./with-studio.ts";

/** `fude import`: a file becomes a project of the library. */
export async function importProject(
  surroundings: Surroundings,
  file: string,
): Promise<ExitCode> {
  const { report } = surroundings;
  const bytes = await readInput(file, "a project");
  return withStudio(surroundings, async (studio) => {
    const { id, name, notes } = await studio.call("createProject", {
      name: basename(file),
      bytes,
    });
    for (const note of notes) report.notice({ note }, note);
    report.result({ projectId: id, name }, `Took ${file} in as “${name}”`);
    return exitCodes.done;
  });
}
