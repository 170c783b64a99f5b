import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { PageState } from "./page-state.ts";
import type { Workspace } from "./workspace.ts";

export const WorkspaceContext = createContext<Workspace | null>(null);

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace)
    throw new Error("There is no workspace around this component.");
  return workspace;
}

/** A part of what the page shows; the component renders again when that part changes. */
export function usePage<Part>(selector: (state: PageState) => Part): Part {
  return useStore(useWorkspace().store, selector);
}
