import { resolve } from "node:path";
import envPaths from "env-paths";

/**
 * Where the library lies: what the person says, else `FUDE_DATA`, else the place that the system keeps for programs' data.
 * @param chosen a folder named on the command line; relative ones count from the working folder
 */
export function dataFolder(
  chosen?: string,
  environment: NodeJS.ProcessEnv = process.env,
): string {
  return resolve(
    chosen || environment.FUDE_DATA || envPaths("fude", { suffix: "" }).data,
  );
}
