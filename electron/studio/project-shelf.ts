import { randomUUID } from "node:crypto";
import type { Answers, Context } from "./context.ts";
import type { OpenProjects } from "./open-projects.ts";
import { summaryOf } from "./projects.ts";

type ShelfCalls =
  | "duplicateProject"
  | "trashProject"
  | "restoreProject"
  | "listTrash"
  | "emptyTrash"
  | "deleteProject";

/** What becomes of a project's jobs when it goes. */
interface JobsOfProjects {
  /** Ends what waits or runs. */
  cancel(projectId: string): Promise<void>;
  /** Removes them all. */
  remove(projectId: string): Promise<void>;
}

const longestName = 255;

/** Projects as wholes: copies of them, and the trash. Each of these is one transaction, so that a crash loses nothing. */
export function projectShelfCalls(
  { library }: Context,
  projects: OpenProjects,
  jobs: JobsOfProjects,
): Answers<ShelfCalls> {
  const remove = async (projectId: string) => {
    await jobs.remove(projectId);
    projects.delete(projectId);
  };
  return {
    duplicateProject({ projectId }) {
      const now = Date.now();
      const original = library.projects.get(projectId);
      const copy = {
        ...original,
        id: randomUUID(),
        name: copyName(original.name),
        createdAt: now,
        updatedAt: now,
      };
      library.transaction(() => {
        library.projects.insert(copy);
        for (const step of library.operations.list(projectId))
          library.operations.insert(copy.id, step);
      });
      return summaryOf(copy);
    },

    async trashProject({ projectId }) {
      library.projects.setTrashed(projectId, Date.now());
      await jobs.cancel(projectId);
      return {};
    },

    restoreProject({ projectId }) {
      library.projects.setTrashed(projectId, null);
      return {};
    },

    listTrash: () =>
      library.projects.listTrash().map((project) => ({
        ...summaryOf(project),
        trashedAt: project.trashedAt,
      })),

    async emptyTrash() {
      for (const { id } of library.projects.listTrash()) await remove(id);
      return {};
    },

    async deleteProject({ projectId }) {
      projects.get(projectId);
      await remove(projectId);
      return {};
    },
  };
}

/** "Bridge" gives "Bridge copy", and that "Bridge copy 2". */
function copyName(name: string): string {
  const [, stem = name, count] = /^(.*) copy(?: (\d+))?$/.exec(name) ?? [];
  const suffix =
    stem === name ? " copy" : ` copy ${count ? Number(count) + 1 : 2}`;
  return stem.slice(0, longestName - suffix.length) + suffix;
}
