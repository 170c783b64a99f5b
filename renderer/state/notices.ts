import { Failure } from "../../common/failure.ts";
import type { Notice } from "./page-state.ts";
import type { Workspace } from "./workspace.ts";

const mostNotices = 4;
let nextId = 1;

/** Tells the artist something in passing. */
export function notify(
  workspace: Workspace,
  message: string,
  hint: string | null = null,
): void {
  add(workspace, { id: nextId++, tone: "plain", message, hint });
}

/** Tells the artist what failed and what to do about it. A thing that they cancelled is no failure. */
export function report(workspace: Workspace, error: unknown): void {
  const failure = Failure.from(error);
  if (failure.code === "cancelled") return;
  if (failure.code === "internal") console.error(error);
  add(workspace, {
    id: nextId++,
    tone: "failure",
    message: failure.message,
    hint: failure.hint ?? null,
  });
}

/** Runs something that a click started; what it throws becomes a notice. */
export async function attempt(
  workspace: Workspace,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    report(workspace, error);
  }
}

export function dismiss(workspace: Workspace, id: number): void {
  workspace.store.setState((state) => ({
    notices: state.notices.filter((notice) => notice.id !== id),
  }));
}

function add(workspace: Workspace, notice: Notice): void {
  workspace.store.setState((state) => {
    const others = state.notices.filter(
      (other) => other.message !== notice.message,
    );
    return { notices: [...others, notice].slice(-mostNotices) };
  });
}
