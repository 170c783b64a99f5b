import { randomUUID } from "node:crypto";
import type {
  Asset,
  ProjectState,
  ProjectSummary,
} from "../../common/contract/studio.ts";
import {
  documentVersion,
  identityTransform,
  type PictureLayer,
} from "../../common/document/document.ts";
import { moveTo, record, start } from "../../common/document/history.ts";
import type { Operation } from "../../common/document/operation.ts";
import { refuseTooLarge } from "./assets/picture-limits.ts";
import { isPsd } from "./assets/psd-sections.ts";
import type { Answers, Context } from "./context.ts";
import { isZip } from "./fude-file/open-archive.ts";
import {
  type UnpackedProject,
  unpackProject,
} from "./fude-file/unpack-project.ts";
import type { LayeredPicture } from "./import/read-layered-psd.ts";
import type { KnownResults } from "./known-results.ts";
import type { AssetRecord } from "./library/assets.ts";
import {
  type OpenProject,
  type OpenProjects,
  requireCurrent,
} from "./open-projects.ts";
import {
  importLayers,
  importPicture,
  storeRaster,
  thumbnailOf,
} from "./pictures.ts";
import { plainFileName } from "./plain-file-name.ts";

type ProjectCalls =
  | "listProjects"
  | "createProject"
  | "openProject"
  | "renameProject"
  | "importLayers"
  | "importPicture"
  | "storeMask"
  | "applyOperations"
  | "moveInHistory";

/** Making, changing and removing projects. */
export function projectCalls(
  context: Context,
  projects: OpenProjects,
  results: KnownResults,
): Answers<ProjectCalls> {
  const { library } = context;
  return {
    listProjects: () => library.projects.list().map(summaryOf),

    async createProject({ name, bytes, merged = false }) {
      const { steps, notes, ...project } =
        isZip(bytes) && !merged
          ? await unpackProject(context, bytes, name)
          : await fromPicture(context, name, bytes, merged);
      const now = Date.now();
      const id = randomUUID();
      library.transaction(() => {
        library.projects.insert({
          ...project,
          id,
          name: nameOf(name, project.name),
          revision: 0,
          createdAt: now,
          updatedAt: now,
        });
        for (const step of steps) library.operations.insert(id, step);
      });
      return { ...stateOf(projects.get(id)), notes: [...notes] };
    },

    openProject: ({ projectId }) => stateOf(projects.get(projectId)),

    renameProject({ projectId, name }) {
      projects.rename(projectId, name.trim());
      return {};
    },

    async importLayers({ name, bytes }) {
      const layered = await importLayers(context, name, titleOf(name), bytes);
      return { document: layered.document, notes: [...layered.notes] };
    },

    async importPicture({ name, bytes }) {
      return assetOf(await importPicture(context, name, bytes));
    },

    async storeMask({ width, height, samples }) {
      refuseTooLarge("The mask", width, height);
      const mask = { width, height, channels: 1, samples } as const;
      return assetOf(await storeRaster(context, mask));
    },

    applyOperations({ projectId, revision, label, operations }) {
      const project = projects.get(projectId);
      requireCurrent(project, revision);
      const past = record(project.past, label, operations as Operation[]);
      const document = results.attach(past.document);
      return stateOf(projects.commit(project, { ...past, document }));
    },

    moveInHistory({ projectId, position }) {
      const project = projects.get(projectId);
      const past = moveTo(project.past, position);
      const document = results.attach(past.document);
      return stateOf(projects.commit(project, { ...past, document }));
    },
  };
}

/** A project without a history yet. */
async function fromPicture(
  context: Context,
  fileName: string,
  bytes: Uint8Array,
  merged: boolean,
): Promise<UnpackedProject> {
  const name = titleOf(fileName);
  const picture =
    isPsd(bytes) && !merged
      ? await importLayers(context, fileName, name, bytes)
      : await onePicture(context, fileName, name, bytes);
  return { ...picture, name, steps: [], tip: start, current: start };
}

/** What the artist called the file, unless that is only the project's own name as a file can have it. */
function nameOf(fileName: string, own: string): string {
  const title = titleOf(fileName);
  return title === plainFileName(own) ? own : title;
}

/** A document of one layer. */
async function onePicture(
  context: Context,
  name: string,
  title: string,
  bytes: Uint8Array,
): Promise<LayeredPicture> {
  const asset = await importPicture(context, name, bytes);
  const layer: PictureLayer = {
    kind: "picture",
    id: randomUUID(),
    name: title,
    visible: true,
    locked: false,
    opacity: 1,
    mask: null,
    blendMode: "normal",
    transform: identityTransform,
    asset: asset.hash,
  };
  return {
    document: {
      version: documentVersion,
      width: asset.width,
      height: asset.height,
      depth: asset.depth,
      layers: [layer],
    },
    thumbnail: await thumbnailOf(context, asset.hash),
    notes: [],
  };
}

function assetOf({ hash, width, height, depth, alpha }: AssetRecord): Asset {
  return { hash, width, height, depth, alpha };
}

/** The project as the page sees it. */
export function stateOf(project: OpenProject): ProjectState {
  const { steps, position } = project.past.history;
  return {
    id: project.id,
    name: project.name,
    revision: project.revision,
    document: project.past.document,
    history: {
      entries: steps.map(({ id, label }) => ({ id, label })),
      position,
    },
  };
}

/** The project as lists show it. */
export function summaryOf(project: ProjectSummary): ProjectSummary {
  const { id, name, createdAt, updatedAt, thumbnail } = project;
  return { id, name, createdAt, updatedAt, thumbnail };
}

/** "bridge.jpg" is called "bridge". */
function titleOf(fileName: string): string {
  return fileName.replace(/\.[A-Za-z0-9]{1,5}$/, "") || fileName;
}
