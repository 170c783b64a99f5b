import type { DocumentSize } from "../../common/document/document.ts";
import { reframe, rescale } from "../../common/document/geometry.ts";
import type { Operation } from "../../common/document/operation.ts";
import type { Region } from "../../common/document/region.ts";
import type { FrameRules } from "../canvas/crop-frame.ts";
import { pageOf } from "./area.ts";
import { commit } from "./edits.ts";
import { fitToWindow, setView } from "./navigation.ts";
import { report } from "./notices.ts";
import type { PageState } from "./page-state.ts";
import { snapTargets } from "./transforming.ts";
import type { Workspace } from "./workspace.ts";

/** Where in the canvas the picture stays when the canvas gets another size: 0 left or top, 0.5 the middle, 1 right or bottom. */
export interface Anchor {
  readonly x: 0 | 0.5 | 1;
  readonly y: 0 | 0.5 | 1;
}

/** The frame of the crop; the whole document where none has been drawn. */
export function cropFrame({
  crop,
  project,
}: Pick<PageState, "crop" | "project">): Region {
  if (crop) return crop;
  return project
    ? pageOf(project.document)
    : { x: 0, y: 0, width: 1, height: 1 };
}

/** How the crop's frame is drawn. */
export function frameRules(
  state: PageState,
): Pick<FrameRules, "ratio" | "targets"> {
  return { ratio: state.toolOptions.cropRatio, targets: snapTargets(state) };
}

export function showFrame({ store }: Workspace, frame: Region | null): void {
  store.setState({ crop: frame });
}

/** Makes the frame the whole document. What lies outside it is kept, out of sight. */
export function applyCrop(workspace: Workspace): void {
  const { crop, project } = workspace.store.getState();
  if (!crop || !project) return;
  resize(workspace, "Crop", crop, () => reframe(project.document, crop));
}

export function resizeCanvas(
  workspace: Workspace,
  size: DocumentSize,
  anchor: Anchor,
): void {
  const { project } = workspace.store.getState();
  if (!project) return;
  const { width, height } = project.document;
  const frame = {
    x: Math.round((width - size.width) * anchor.x),
    y: Math.round((height - size.height) * anchor.y),
    ...size,
  };
  resize(workspace, "Resize canvas", frame, () =>
    reframe(project.document, frame),
  );
}

export function resizeImage(workspace: Workspace, size: DocumentSize): void {
  const { project } = workspace.store.getState();
  if (!project) return;
  resize(workspace, "Resize image", null, () =>
    rescale(project.document, size),
  );
}

/** @param frame what of the document becomes the whole; null where the whole is scaled */
function resize(
  workspace: Workspace,
  label: string,
  frame: Region | null,
  operation: () => Operation,
): void {
  try {
    const { project, view, fitted } = workspace.store.getState();
    const step = operation();
    const { width, height } = project?.document ?? {};
    const { size } = step.kind === "setGeometry" ? step : {};
    workspace.store.setState({ crop: null });
    const isSame =
      size?.width === width &&
      size?.height === height &&
      (frame === null || (frame.x === 0 && frame.y === 0));
    if (isSame) return;
    commit(workspace, label, [step]);
    workspace.store.setState({ area: null, outline: null });
    // What was in sight stays where it was, unless the view follows the window.
    if (fitted || frame === null) fitToWindow(workspace);
    else
      setView(workspace, {
        ...view,
        x: view.x + frame.x * view.zoom,
        y: view.y + frame.y * view.zoom,
      });
  } catch (error) {
    report(workspace, error);
  }
}
