import type { Combination } from "../../../common/selection/combine.ts";
import type { ToolContext, ToolPointer } from "./tool.ts";

/** What a selection does to the one that is there: Shift adds, Alt subtracts, both intersect. */
export function combinationOf(
  context: ToolContext,
  { shiftKey, altKey }: ToolPointer,
): Combination {
  if (shiftKey && altKey) return "intersect";
  if (shiftKey) return "add";
  return altKey ? "subtract" : context.combination();
}
