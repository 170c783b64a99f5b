import * as tf from "@tensorflow/tfjs-core";
import type { EngineDescription } from "../../common/contract/engine.ts";
import { Failure } from "../../common/failure.ts";
import { graphicsCardName, processorName, processorThreads } from "./device.ts";
import { registerGradients } from "./kernels/gradients.ts";
import { registerNativeKernels } from "./kernels/native-kernels.ts";
import { probeForward, probeGradient } from "./probe.ts";
import { loadTensorFlow, tensorflowFolder } from "./tensorflow.ts";
import { loadWasm } from "./wasm.ts";

let started: Promise<EngineDescription> | null = null;

/**
 * Chooses the TensorFlow.js backend of this process, once: native TensorFlow, else WebAssembly. A backend is taken only
 * when a small generator gives the right numbers on it.
 * @param folder where the native runtime lies
 * @throws Failure "engine-failed" where no backend works
 */
export function startRuntime(
  folder = tensorflowFolder(),
): Promise<EngineDescription> {
  started ??= choose(folder);
  return started;
}

/**
 * Refuses to train where gradients are missing or wrong.
 * @throws Failure "unsupported"
 */
export async function requireTraining(): Promise<void> {
  const fault = await probeGradient();
  if (fault === null) return;
  throw new Failure(
    "unsupported",
    `Training is not possible on this engine (${tf.getBackend()}): ${fault}.`,
    {
      hint: "Install native TensorFlow: start Fude once with an internet connection.",
    },
  );
}

async function choose(folder: string): Promise<EngineDescription> {
  tf.enableProdMode();
  const refused: string[] = [];
  for (const start of [() => startTensorFlow(folder), startWasm]) {
    try {
      return await start(refused);
    } catch (error) {
      refused.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Failure(
    "engine-failed",
    `Nothing on this machine can compute a style: ${refused.join("; ")}.`,
    { hint: "Run `fude doctor` and follow what it says." },
  );
}

async function startTensorFlow(folder: string): Promise<EngineDescription> {
  try {
    const { version, gpu } = loadTensorFlow(folder);
    registerNativeKernels();
    await use("tensorflow");
    const threads = processorThreads();
    return {
      backend: "tensorflow",
      device: gpu ? await graphicsCardName() : processorName(threads),
      threads,
      reason: gpu
        ? "Native TensorFlow on the graphics card, the fastest way on this machine."
        : "Native TensorFlow on the processor: it found no graphics card that it can use.",
      versions: { tensorflow: version, ...commonVersions() },
    };
  } catch (error) {
    throw new Error(
      `native TensorFlow was refused because ${messageOf(error)}`,
    );
  }
}

async function startWasm(refused: string[]): Promise<EngineDescription> {
  try {
    await loadWasm();
    await use("wasm");
    return {
      backend: "wasm",
      device: processorName(1),
      threads: 1,
      reason: `WebAssembly on one core of the processor, several times slower, also at training: ${refused.join("; ")}.`,
      versions: commonVersions(),
    };
  } catch (error) {
    throw new Error(`WebAssembly was refused because ${messageOf(error)}`);
  }
}

/** Makes a backend the current one, and lets go of it again if its numbers are wrong. */
async function use(backend: string): Promise<void> {
  // Only now: loading a backend registers those of TensorFlow.js.
  registerGradients();
  if (!(await tf.setBackend(backend))) throw new Error("it did not start");
  await tf.ready();
  const fault = await probeForward();
  if (fault === null) return;
  tf.removeBackend(backend);
  throw new Error(`it gave wrong numbers (${fault})`);
}

function commonVersions(): Record<string, string> {
  return { "tensorflow.js": tf.version_core, node: process.versions.node };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
