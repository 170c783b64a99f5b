import type { Dataset } from "../../common/contract/studio.ts";
import { Failure } from "../../common/failure.ts";
import type { ChosenFiles } from "./files.ts";
import { takeJob } from "./jobs.ts";
import { attempt } from "./notices.ts";
import {
  type DatasetDraft,
  emptyDraft,
  type TrainingDraft,
  type TrainingEstimate,
} from "./page-state.ts";
import { pickStyle, styleTarget } from "./styling.ts";
import type { Workspace } from "./workspace.ts";

export type DatasetKind = "drawings" | "photos";

/** So many files are on their way at once: one is decoded while the next travels. */
const abreast = 3;

export function changeDraft(
  workspace: Workspace,
  change: Partial<TrainingDraft>,
): void {
  workspace.store.setState((state) => ({
    draft: { ...state.draft, ...change },
  }));
}

/** Hands a folder's files to the studio, one after the other; what it says of them shows as it comes. */
export function takeFolder(
  workspace: Workspace,
  kind: DatasetKind,
  chosen: ChosenFiles,
): Promise<void> {
  return attempt(workspace, async () => {
    if (chosen.files.length === 0)
      throw new Failure(
        "invalid",
        `There are no files in ${chosen.folder || "what was dropped"}.`,
        {
          hint: "Choose a folder with pictures in it.",
        },
      );
    const { draft } = workspace.store.getState();
    const before = draft[kind];
    const change = (next: Partial<DatasetDraft>) =>
      workspace.store.setState((state) => ({
        draft: { ...state.draft, [kind]: { ...state.draft[kind], ...next } },
      }));
    change({
      total: before.total + chosen.files.length,
      folder: before.folder || chosen.folder,
    });
    if (kind === "drawings" && draft.name === "" && chosen.folder)
      changeDraft(workspace, { name: nameFrom(chosen.folder) });
    const dataset =
      before.dataset ?? (await workspace.host.call("createDataset", {}));
    if (!before.dataset) change({ dataset });

    const queue = [...chosen.files];
    const send = async () => {
      for (let file = queue.shift(); file; file = queue.shift()) {
        const known = await workspace.host.call("addToDataset", {
          datasetId: dataset.id,
          name: file.name,
          bytes: new Uint8Array(await file.arrayBuffer()),
        });
        const now = workspace.store.getState().draft[kind];
        // Removed from the form meanwhile.
        if (now.dataset?.id !== dataset.id) return;
        change({ sent: now.sent + 1, dataset: fuller(now.dataset, known) });
      }
    };
    await Promise.all(Array.from({ length: abreast }, send));
  });
}

/** Answers may overtake one another; the fuller one is the later one. */
function fuller(a: Dataset, b: Dataset): Dataset {
  const size = (dataset: Dataset) =>
    dataset.accepted.length + dataset.refused.length;
  return size(b) >= size(a) ? b : a;
}

export function forgetFolder(workspace: Workspace, kind: DatasetKind): void {
  changeDraft(workspace, { [kind]: emptyDraft });
}

/** What keeps a training from starting, in the artist's words; null when nothing does. */
export function missingForTraining(draft: TrainingDraft): string | null {
  if (isUnderWay(draft.drawings) || isUnderWay(draft.photos))
    return "Pictures are still being checked.";
  if (!draft.drawings.dataset?.accepted.length)
    return "Choose a folder of drawings first.";
  if (draft.name.trim() === "") return "Give the style a name.";
  return null;
}

/** Asks how long the training in the form would take, and what to know about its pictures. */
export function estimateTraining(workspace: Workspace): Promise<void> {
  return attempt(workspace, async () => {
    const { drawings, photos, estimate } = workspace.store.getState().draft;
    const tell = (change: Partial<TrainingEstimate>) =>
      changeDraft(workspace, { estimate: { ...estimate, ...change } });
    if (!drawings.dataset?.accepted.length) {
      tell({ timing: false, advice: [] });
      return;
    }
    if (isUnderWay(drawings) || isUnderWay(photos)) return;
    const isSame = () => {
      const now = workspace.store.getState().draft;
      return (
        now.drawings.dataset === drawings.dataset &&
        now.photos.dataset === photos.dataset
      );
    };
    tell({ timing: true });
    try {
      const answer = await workspace.host.call("estimateTraining", {
        drawings: drawings.dataset.id,
        photos: photos.dataset?.accepted.length ? photos.dataset.id : null,
      });
      if (isSame())
        tell({
          ...answer,
          minutes: answer.minutes ?? estimate.minutes,
          timing: false,
        });
    } catch (error) {
      if (isSame()) tell({ timing: false });
      throw error;
    }
  });
}

function isUnderWay(dataset: DatasetDraft): boolean {
  return dataset.sent < dataset.total;
}

export function startTraining(workspace: Workspace): Promise<void> {
  return attempt(workspace, async () => {
    const { draft } = workspace.store.getState();
    const { drawings, photos } = draft;
    if (!drawings.dataset || missingForTraining(draft)) return;
    const job = await workspace.host.call("startTraining", {
      name: draft.name.trim(),
      drawings: drawings.dataset.id,
      photos: photos.dataset?.accepted.length ? photos.dataset.id : null,
      quality: draft.quality,
      minutes: null,
      steps: null,
    });
    takeJob(workspace, job);
    workspace.store.setState({
      shownTraining: job.id,
      draft: {
        drawings: emptyDraft,
        photos: emptyDraft,
        name: "",
        quality: draft.quality,
        estimate: { ...draft.estimate, timing: false, advice: [] },
      },
    });
  });
}

/** Goes to the canvas and, where a picture is open, gives it the style. */
export function takeToCanvas(workspace: Workspace, modelId: string): void {
  const { project, styles, selection } = workspace.store.getState();
  workspace.store.setState({ room: project ? "canvas" : "projects" });
  const style = styles?.find((candidate) => candidate.id === modelId);
  if (project && style && styleTarget(project.document, selection))
    pickStyle(workspace, style);
}

/** "hokusai-36-views" is shown as "Hokusai 36 views". */
function nameFrom(folder: string): string {
  const words = folder.replaceAll(/[-_]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
