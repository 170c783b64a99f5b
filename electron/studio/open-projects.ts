import type { AssetHash, Document } from "../../common/document/document.ts";
import {
  currentOf,
  openHistory,
  type Past,
  type Step,
  tipOf,
} from "../../common/document/history.ts";
import { Failure } from "../../common/failure.ts";
import type { Library } from "./library/library.ts";

/** A project with its history, in memory as it is in the library. */
export interface OpenProject {
  readonly id: string;
  readonly name: string;
  readonly revision: number;
  /** The last revision that the artist made; the ones since then only brought results. */
  readonly editedAt: number;
  readonly past: Past;
}

/**
 * Refuses what was meant for an older state of a project. Results that came in since then change nothing that an operation
 * could collide with.
 * @throws Failure `conflict`
 */
export function requireCurrent(project: OpenProject, revision: number): void {
  if (revision < project.editedAt || revision > project.revision)
    throw new Failure(
      "conflict",
      `“${project.name}” has changed in the meantime.`,
      { subject: project.id, hint: "Open it again to see the change." },
    );
}

/**
 * The projects in use. The library is open in no other process, so what is read once stays true; every change goes to
 * the library first, the document and its history in one transaction.
 */
export class OpenProjects {
  readonly #library: Library;
  readonly #open = new Map<string, OpenProject>();
  readonly #onChange: (project: OpenProject) => void;

  constructor(library: Library, onChange: (project: OpenProject) => void) {
    this.#library = library;
    this.#onChange = onChange;
  }

  /** @throws Failure `not-found`, `damaged` */
  get(id: string): OpenProject {
    const known = this.#open.get(id);
    if (known !== undefined) return known;
    const { name, revision, tip, current, document } =
      this.#library.projects.get(id);
    const steps = this.#library.operations.list(id);
    const project: OpenProject = {
      id,
      name,
      revision,
      editedAt: revision,
      past: { history: openHistory(steps, tip, current), document },
    };
    this.#open.set(id, project);
    return project;
  }

  /** Keeps a step of the artist's, or a move along the steps. */
  commit(project: OpenProject, past: Past): OpenProject {
    const revision = project.revision + 1;
    const { history, document } = past;
    this.#library.transaction(() => {
      const isNew = ({ id }: Step) => id >= project.past.history.nextId;
      for (const step of history.steps.filter(isNew))
        this.#library.operations.insert(project.id, step);
      this.#write(project.id, {
        document,
        revision,
        tip: tipOf(history),
        current: currentOf(history),
      });
    });
    return this.#changed({ ...project, revision, editedAt: revision, past });
  }

  /** Keeps a document that differs only in results: no step of the history, for nobody did it. */
  commitResult(project: OpenProject, document: Document): OpenProject {
    const revision = project.revision + 1;
    this.#write(project.id, { document, revision });
    return this.#changed({
      ...project,
      revision,
      past: { ...project.past, document },
    });
  }

  rename(id: string, name: string): void {
    const project = this.get(id);
    const revision = project.revision + 1;
    this.#write(id, { name, revision });
    this.#changed({ ...project, name, revision });
  }

  setThumbnail(id: string, thumbnail: AssetHash): void {
    this.#library.projects.update({
      ...this.#library.projects.get(id),
      thumbnail,
    });
  }

  /** Removes a project with its history for good. */
  delete(id: string): void {
    this.#library.projects.delete(id);
    this.#open.delete(id);
  }

  #write(
    id: string,
    change: {
      name?: string;
      document?: Document;
      revision: number;
      tip?: number;
      current?: number;
    },
  ): void {
    this.#library.projects.update({
      ...this.#library.projects.get(id),
      ...change,
      updatedAt: Date.now(),
    });
  }

  #changed(project: OpenProject): OpenProject {
    this.#open.set(project.id, project);
    this.#onChange(project);
    return project;
  }
}
