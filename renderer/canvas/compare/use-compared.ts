import { useMemo } from "react";
import type { Document } from "../../../common/document/document.ts";
import { usePage } from "../../state/use-workspace.ts";
import { comparedDocument } from "../compositing/compared-document.ts";
import { originalOf } from "../compositing/plan.ts";

/** What the canvas shows, and what it is compared with, or null. */
export function useCompared(document: Document): {
  shown: Document;
  other: Document | null;
} {
  const on = usePage((state) => state.compare.on);
  const peek = usePage((state) => state.compare.peek);
  const [first, second] = usePage((state) => state.compare.sides);
  const shown = useMemo(() => {
    if (peek) return originalOf(document);
    return on ? comparedDocument(document, second) : document;
  }, [document, on, peek, second]);
  const other = useMemo(
    () => (on ? comparedDocument(document, first) : null),
    [document, on, first],
  );
  return { shown, other };
}
