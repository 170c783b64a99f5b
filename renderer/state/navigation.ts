import {
  clampView,
  fitView,
  nextStop,
  type Point,
  type Size,
  type View,
  zoomAbout,
} from "../canvas/view.ts";
import type { PageState, Room, ToolName } from "./page-state.ts";
import type { Workspace } from "./workspace.ts";

/** Space around a fitted picture, in window pixels. */
const fitPadding = 40;

/** Where the view goes from here, or null while there is nothing to look at. */
function placed(state: PageState, view: View): Partial<PageState> {
  if (!state.project) return {};
  return {
    view: clampView(view, state.project.document, state.viewport),
    fitted: false,
  };
}

const centre = (size: Size): Point => ({
  x: size.width / 2,
  y: size.height / 2,
});

export function setView(workspace: Workspace, view: View): void {
  workspace.store.setState((state) => placed(state, view));
}

export function panBy(workspace: Workspace, by: Point): void {
  workspace.store.setState((state) =>
    placed(state, {
      ...state.view,
      x: state.view.x + by.x,
      y: state.view.y + by.y,
    }),
  );
}

/** @param anchor window point that stays where it is; the middle of the window by default */
export function zoomTo(
  workspace: Workspace,
  zoom: number,
  anchor?: Point,
): void {
  workspace.store.setState((state) =>
    placed(
      state,
      zoomAbout(state.view, anchor ?? centre(state.viewport), zoom),
    ),
  );
}

export function zoomBy(
  workspace: Workspace,
  factor: number,
  anchor: Point,
): void {
  zoomTo(workspace, workspace.store.getState().view.zoom * factor, anchor);
}

export function zoomStep(
  workspace: Workspace,
  direction: "in" | "out",
  anchor?: Point,
): void {
  zoomTo(
    workspace,
    nextStop(workspace.store.getState().view.zoom, direction),
    anchor,
  );
}

export function fitToWindow(workspace: Workspace): void {
  workspace.store.setState((state) =>
    state.project
      ? {
          view: fitView(state.project.document, state.viewport, fitPadding),
          fitted: true,
        }
      : {},
  );
}

/** The window changed its size: a fitted picture stays fitted, another keeps its middle. */
export function setViewport(workspace: Workspace, viewport: Size): void {
  const before = workspace.store.getState().viewport;
  if (before.width === viewport.width && before.height === viewport.height)
    return;
  workspace.store.setState({ viewport });
  const { fitted, view } = workspace.store.getState();
  if (fitted || before.width === 0) fitToWindow(workspace);
  else
    workspace.store.setState((state) =>
      placed(state, {
        ...view,
        x: view.x + (viewport.width - before.width) / 2,
        y: view.y + (viewport.height - before.height) / 2,
      }),
    );
}

export function enterRoom(workspace: Workspace, room: Room): void {
  workspace.store.setState({ room, transformMark: null });
}

export function chooseTool(workspace: Workspace, tool: ToolName): void {
  workspace.store.setState({ tool, transformMark: null });
}
