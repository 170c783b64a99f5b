import type { EngineEvent, EngineRequest } from "../common/contract/engine.ts";
import { Failure } from "../common/failure.ts";
import { styleFrom } from "./inference/style-from.ts";
import type { StyledRaster } from "./inference/styled-raster.ts";
import { stylize } from "./inference/stylize.ts";
import { tensorsOf } from "./networks/picture-layer.ts";
import {
  isGenerator,
  recogniseNetwork,
  withoutModule,
} from "./networks/recognise.ts";
import { startRuntime } from "./runtime/start-runtime.ts";
import { drawProceduralPhoto } from "./training/procedural-photos.ts";
import { Random } from "./training/random.ts";
import { type CheckpointTensor, isPth, readPth } from "./weights/pth.ts";
import {
  readSafetensors,
  type StoredTensor,
  toFloats,
  writeSafetensors,
} from "./weights/safetensors.ts";

type Conversion = Omit<
  Extract<EngineRequest, { kind: "convert" }>,
  "id" | "kind"
>;
type Converted = Omit<
  Extract<EngineEvent, { kind: "converted" }>,
  "id" | "kind"
>;

/** The scene of the sample, and its side in pixels. */
const sampleSeed = 20;
const sampleSide = 256;

/**
 * Turns a checkpoint or safetensors of a known network into one safetensors file that `LoadedStyles` takes and PyTorch
 * loads: its own names and layouts, 32-bit floats, the kind of network in the metadata.
 * @throws Failure "damaged", "unsupported" or "too-large", naming the file
 */
export async function convertModel({
  name,
  files,
  metadata,
  sample,
}: Conversion): Promise<Converted> {
  const source = await readFiles(files, name);
  const found = isGenerator(source.tensors)
    ? ownStyle(source.tensors)
    : published(source.tensors, name);
  const tensors = new Map<string, StoredTensor>();
  for (const tensor of found.names) {
    const stored = await source.tensors.get(tensor)!.read();
    const data = toFloats(stored, `${name}: ${tensor}`);
    tensors.set(tensor, { dtype: "F32", shape: stored.shape, data });
  }
  return {
    network: found.network,
    recognised: found.recognised,
    metadata: source.metadata,
    weights: writeSafetensors(tensors, {
      ...metadata,
      format: "pt",
      network: found.network,
    }),
    sample: sample ? await paintSample(tensors, name) : null,
  };
}

interface Source {
  readonly tensors: ReadonlyMap<string, CheckpointTensor>;
  readonly metadata: Record<string, string>;
}

async function readFiles(
  files: readonly Uint8Array[],
  name: string,
): Promise<Source> {
  const tensors = new Map<string, CheckpointTensor>();
  const metadata: Record<string, string> = {};
  for (const file of files) {
    if (isPth(file) || !/\.safetensors$/i.test(name)) {
      for (const entry of await readPth(file, name)) tensors.set(...entry);
      continue;
    }
    const stored = readSafetensors(file, name);
    Object.assign(metadata, stored.metadata);
    for (const [key, tensor] of stored.tensors) {
      const { dtype, shape } = tensor;
      tensors.set(key, { dtype, shape, read: async () => tensor });
    }
  }
  return { tensors: withoutModule(tensors), metadata };
}

interface Found extends Pick<Converted, "network" | "recognised"> {
  readonly names: readonly string[];
}

function ownStyle(tensors: Source["tensors"]): Found {
  return {
    network: "generator",
    recognised: "a style of Fude's own generator",
    names: [...tensors.keys()].filter(
      (name) => name.startsWith("generator.") || name === "style.vector",
    ),
  };
}

function published(tensors: Source["tensors"], file: string): Found {
  const shapes = new Map(
    [...tensors].map(([tensor, { shape }]) => [tensor, shape]),
  );
  const { kind, title, layers } = recogniseNetwork(shapes, file);
  return {
    network: kind,
    recognised: title,
    names: layers.flatMap(tensorsOf).map(([tensor]) => tensor),
  };
}

async function paintSample(
  tensors: ReadonlyMap<string, StoredTensor>,
  name: string,
): Promise<StyledRaster> {
  await startRuntime();
  const style = styleFrom(tensors, name);
  try {
    const scene = drawProceduralPhoto(sampleSide, Random.seeded(sampleSeed));
    return await stylize(scene, style, {
      brushSize: 1,
      memoryBudget: 2 ** 28,
      signal: new AbortController().signal,
      onProgress() {},
    });
  } catch (error) {
    if (error instanceof Failure && error.code === "damaged") {
      throw new Failure(
        "damaged",
        `${name} holds weights that give no picture.`,
        {
          subject: name,
          hint: "Copy or download it again.",
        },
      );
    }
    throw error;
  } finally {
    style.dispose();
  }
}
