import type { AssetHash, Document } from "../../common/document/document.ts";
import { moveTo, type Past, start } from "../../common/document/history.ts";
import { assetsOf } from "../../common/document/tree.ts";
import { Failure } from "../../common/failure.ts";
import type { Answers, Context } from "./context.ts";
import type { KnownResults } from "./known-results.ts";
import type { OpenProjects } from "./open-projects.ts";

/** Looking at a project as it was, without going there. */
export function earlierCalls(
  { assets }: Context,
  projects: OpenProjects,
  results: KnownResults,
): Answers<"listEarlier" | "documentAfter"> {
  return {
    async listEarlier({ projectId }) {
      const { past } = projects.get(projectId);
      const known = new Map<AssetHash, boolean>();
      const isWhole = async (document: Document) => {
        for (const hash of assetsOf(document)) {
          if (!known.has(hash)) known.set(hash, await assets.has(hash));
          if (!known.get(hash)) return false;
        }
        return true;
      };
      const earlier = [];
      // Going back step by step takes each one back once, however long the history.
      for (let at = past; at.history.position > 0; ) {
        at = moveTo(at, at.history.position - 1);
        if (await isWhole(results.attach(at.document)))
          earlier.push(stepAt(at));
      }
      return earlier;
    },

    documentAfter({ projectId, step }) {
      const { name, past } = projects.get(projectId);
      const position =
        step === start
          ? 0
          : past.history.steps.findIndex(({ id }) => id === step) + 1;
      if (position === 0 && step !== start)
        throw new Failure(
          "not-found",
          `That step is no longer part of the history of “${name}”.`,
          { subject: projectId, hint: "Choose another one." },
        );
      return results.attach(moveTo(past, position).document);
    },
  };
}

function stepAt({ history }: Past): { step: number; label: string } {
  const step = history.steps[history.position - 1];
  return step
    ? { step: step.id, label: step.label }
    : { step: start, label: "Opened" };
}
