import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type {
  EventPayload,
  Job,
  ProjectState,
  StudioEvent,
} from "../../../common/contract/studio.ts";
import {
  identityTransform,
  type StyledLayer,
} from "../../../common/document/document.ts";
import { forkEngine } from "../../../electron/studio/engine/engine-process.ts";
import {
  openStudio,
  type Studio,
  type StudioOptions,
} from "../../../electron/studio/studio.ts";
import { readSafetensors } from "../../../native-models/weights/safetensors.ts";
import { drawing } from "./drawn-pictures.ts";

const resourcesFolder = fileURLToPath(
  new URL("../../../resources", import.meta.url),
);

const silent = { info() {}, warn() {}, error() {} };

export interface TestStudio extends Studio {
  /** Processes of the engines started so far, the newest last. */
  readonly engines: readonly number[];
}

/** The real studio on the real engine. */
export async function openTestStudio(
  dataFolder: string,
  options: Partial<StudioOptions> = {},
): Promise<TestStudio> {
  const engines: number[] = [];
  const launch = forkEngine();
  const studio = await openStudio({
    dataFolder,
    resourcesFolder,
    log: silent,
    checkpointEvery: 0.1,
    ...options,
    launchEngine: () => {
      const engine = launch();
      engines.push(engine.pid!);
      return engine;
    },
  });
  return Object.assign(studio, { engines });
}

/** The first event from now on that fits. */
export function nextEvent<E extends StudioEvent>(
  studio: Studio,
  event: E,
  fits: (payload: EventPayload<E>) => boolean,
): Promise<EventPayload<E>> {
  return new Promise((resolve) => {
    const stop = studio.on(event, (payload) => {
      if (!fits(payload)) return;
      stop();
      resolve(payload);
    });
  });
}

/** Waits until a job is in one of the states; one that fails unexpectedly fails the test. */
export async function jobIn(
  studio: Studio,
  jobId: string,
  ...states: Job["state"][]
): Promise<Job> {
  const wanted = [...states, "failed"];
  const fits = (job: Job) => job.id === jobId && wanted.includes(job.state);
  const next = nextEvent(studio, "jobChanged", fits);
  const now = (await studio.call("listJobs", {})).find(fits);
  const job = now ?? (await next);
  if (job.state === "failed" && !states.includes("failed"))
    throw new Error(`The job failed: ${job.failure?.message}`);
  return job;
}

export async function startTraining(
  studio: Studio,
  options: { name?: string; steps?: number; seed?: number } = {},
): Promise<Job> {
  const { id } = await studio.call("createDataset", {});
  for (let seed = 1; seed <= 6; seed += 1)
    await studio.call("addToDataset", {
      datasetId: id,
      name: `drawing-${seed}.png`,
      bytes: new Uint8Array(await drawing(seed)),
    });
  return studio.call("startTraining", {
    name: options.name ?? "Test ink",
    drawings: id,
    photos: null,
    minutes: null,
    steps: options.steps ?? 2,
    seed: options.seed ?? 7,
  });
}

/** Resolves once a checkpoint of a step of at least `step` is on disk. */
export async function trainedTo(
  studio: Studio,
  jobId: string,
  step: number,
): Promise<void> {
  await nextEvent(
    studio,
    "jobChanged",
    (job) => job.id === jobId && (job.training?.step ?? 0) >= step,
  );
}

/** Adds a styled layer over the project's picture. */
export async function addStyledLayer(
  studio: Studio,
  project: ProjectState,
  model: string,
): Promise<ProjectState> {
  const [picture] = project.document.layers;
  if (picture?.kind !== "picture") throw new Error("no picture layer");
  const layer: StyledLayer = {
    kind: "styled",
    id: "styled",
    name: "Styled",
    visible: true,
    locked: false,
    opacity: 1,
    mask: null,
    blendMode: "normal",
    transform: identityTransform,
    source: picture.asset,
    style: { model, brushSize: 1 },
    strength: 1,
    colourKeeping: 0,
    result: null,
  };
  return studio.call("applyOperations", {
    projectId: project.id,
    revision: project.revision,
    label: "Style",
    operations: [{ kind: "addLayer", layer, at: { parent: null, index: 1 } }],
  });
}

export function resultOf(project: ProjectState): StyledLayer["result"] {
  const layer = project.document.layers.find(({ id }) => id === "styled");
  if (layer?.kind !== "styled") throw new Error("no styled layer");
  return layer.result;
}

/** The largest difference between two styles' weights. */
export async function weightDistance(
  oneFolder: string,
  one: string,
  otherFolder: string,
  other: string,
): Promise<number> {
  const read = async (folder: string, id: string) =>
    readSafetensors(
      await readFile(join(folder, "models", id, "weights.safetensors")),
    ).tensors;
  const [a, b] = [await read(oneFolder, one), await read(otherFolder, other)];
  if (a.size === 0 || a.size !== b.size) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (const [name, { data }] of a) {
    const twin = b.get(name)?.data;
    if (twin?.length !== data.length) return Number.POSITIVE_INFINITY;
    for (let index = 0; index < data.length; index += 1)
      largest = Math.max(
        largest,
        Math.abs(Number(data[index]) - Number(twin[index])),
      );
  }
  return largest;
}
