import { randomUUID } from "node:crypto";
import { basename } from "node:path";
import type { ProjectState } from "../../common/contract/studio.ts";
import {
  type GroupLayer,
  identityTransform,
  type PictureLayer,
  type StyledLayer,
  type StyleParameters,
} from "../../common/document/document.ts";
import type { Operation } from "../../common/document/operation.ts";
import { Failure } from "../../common/failure.ts";
import { resizePicture } from "../studio/pictures.ts";
import type { Studio } from "../studio/studio.ts";
import type { ExportFormat } from "./formats.ts";
import type { StylePart } from "./styles.ts";
import { expectDone, jobEnded } from "./with-studio.ts";

export interface Look {
  /** One style, or several that are mixed. */
  parts: readonly StylePart[];
  strength: number;
  brushSize: number;
  depth: number;
  keepColour: number;
  /** Longest side of the result in pixels; the picture's own by default. */
  size?: number;
}

/**
 * One picture through the whole studio: a project of its own, a styled layer, its result, an export. The project goes
 * when the file is made.
 */
export async function stylizePicture(
  studio: Studio,
  picture: {
    name: string;
    bytes: Uint8Array<ArrayBuffer>;
    format: ExportFormat;
  },
  look: Look,
  {
    interrupt,
    onProgress,
  }: { interrupt: AbortSignal; onProgress: (progress: number | null) => void },
): Promise<Uint8Array> {
  const { name, format } = picture;
  const bytes =
    look.size === undefined
      ? picture.bytes
      : await resizePicture(picture.bytes, name, look.size);
  const project = await studio.call("createProject", {
    name: basename(name),
    bytes,
    merged: true,
  });
  try {
    const { operations, layerId } = styledOperations(project, look, format);
    await studio.call("applyOperations", {
      projectId: project.id,
      revision: project.revision,
      label: "Style",
      operations,
    });
    await makeResult(studio, project.id, layerId, interrupt, onProgress);
    const made = await studio.call("exportProject", {
      projectId: project.id,
      format,
    });
    return made.bytes;
  } finally {
    await studio.call("deleteProject", { projectId: project.id });
  }
}

async function makeResult(
  studio: Studio,
  projectId: string,
  layerId: string,
  interrupt: AbortSignal,
  onProgress: (progress: number | null) => void,
): Promise<void> {
  if (interrupt.aborted) throw new Failure("cancelled", "Ended with Ctrl-C.");
  const job = await studio.call("stylizeLayer", { projectId, layerId });
  const cancel = () => {
    // How the job ends is awaited below.
    studio.call("cancelJob", { jobId: job.id }).catch(() => {});
  };
  interrupt.addEventListener("abort", cancel, { once: true });
  try {
    expectDone(
      await jobEnded(studio, job.id, ({ progress }) => onProgress(progress)),
    );
  } finally {
    interrupt.removeEventListener("abort", cancel);
  }
}

/**
 * A file with layers gets a group, named after the style: the picture, and over it the styled layer with a white mask to
 * paint on and the strength as its opacity. A flat file needs the styled layer alone; two layers of a translucent
 * picture would add up.
 */
function styledOperations(
  { document }: ProjectState,
  look: Look,
  format: ExportFormat,
): { operations: Operation[]; layerId: string } {
  const picture = document.layers[0] as PictureLayer;
  const layered = format === "psd" || format === "fude";
  const name = look.parts.map(({ style }) => style.name).join(" + ");
  const styled: StyledLayer = {
    kind: "styled",
    id: randomUUID(),
    name,
    visible: true,
    locked: false,
    opacity: layered ? look.strength : 1,
    mask: layered
      ? { asset: null, x: 0, y: 0, outside: 1, enabled: true }
      : null,
    blendMode: "normal",
    transform: identityTransform,
    source: picture.asset,
    style: parametersOf(look),
    strength: layered ? 1 : look.strength,
    colourKeeping: look.keepColour,
    result: null,
  };
  const group: GroupLayer = {
    kind: "group",
    id: randomUUID(),
    name: `${picture.name} in ${name}`,
    visible: true,
    locked: false,
    opacity: 1,
    mask: null,
    // Nothing lies below, so it looks the same; Krita 5.1 exports a lone pass-through group as an empty picture.
    blendMode: "normal",
    layers: [picture, styled],
  };
  return {
    layerId: styled.id,
    operations: [
      { kind: "removeLayer", layerId: picture.id },
      {
        kind: "addLayer",
        layer: layered ? group : styled,
        at: { parent: null, index: 0 },
      },
    ],
  };
}

function parametersOf({ parts, brushSize, depth }: Look): StyleParameters {
  const [first, ...others] = parts;
  const mix = others.map(({ style, share }) => ({ model: style.id, share }));
  return {
    model: first!.style.id,
    brushSize,
    ...(depth < 1 && { depth }),
    ...(mix.length > 0 && { mix }),
  };
}
