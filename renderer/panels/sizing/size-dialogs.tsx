import { usePage } from "../../state/use-workspace.ts";
import { CanvasSizeDialog } from "./canvas-size-dialog.tsx";
import { ImageSizeDialog } from "./image-size-dialog.tsx";

/** The dialogs that ask for a size: each begins with the sizes of now whenever it opens. */
export function SizeDialogs() {
  const sizing = usePage((state) => state.sizing);
  const document = usePage((state) => state.project?.document);
  if (!document) return null;
  if (sizing === "canvas") return <CanvasSizeDialog document={document} />;
  if (sizing === "image") return <ImageSizeDialog document={document} />;
  return null;
}
