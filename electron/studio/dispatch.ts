import { z } from "zod";
import {
  type Input,
  type StudioCall,
  type StudioClient,
  studioCalls,
} from "../../common/contract/studio.ts";
import { Failure, type FailureData } from "../../common/failure.ts";

/** The answer to a call as it crosses to the page: errors travel as data. */
export type Reply = { output: unknown } | { failure: FailureData };

/**
 * Answers one call that arrived from outside the process. Every host goes through here, so that all of them parse the
 * same way: the input before the studio sees it, the output before the page does.
 * @param name what the caller says it wants; refused (`invalid`) when there is no such call
 * @param onDefect told of what was thrown that is no `Failure`; the caller sees it as `internal`
 * @returns never throws
 */
export async function dispatch(
  studio: StudioClient,
  name: string,
  input: unknown,
  onDefect: (error: unknown) => void = () => {},
): Promise<Reply> {
  try {
    if (!isCall(name)) {
      throw new Failure("invalid", `There is no call named "${name}".`);
    }
    const { input: inputSchema, output: outputSchema } = studioCalls[name];
    const parsed = inputSchema.safeParse(input);
    if (!parsed.success) {
      throw new Failure(
        "invalid",
        `"${name}" was refused: ${z.prettifyError(parsed.error)}`,
        { subject: name },
      );
    }
    const output = await studio.call(name, parsed.data as Input<typeof name>);
    return { output: outputSchema.parse(output) };
  } catch (error) {
    const failure = Failure.from(error);
    if (failure.code === "internal") onDefect(error);
    return { failure: failure.toJSON() };
  }
}

function isCall(name: string): name is StudioCall {
  return Object.hasOwn(studioCalls, name);
}
