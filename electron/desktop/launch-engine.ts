import { type UtilityProcess, utilityProcess } from "electron/main";
import type {
  EngineProcess,
  LaunchEngine,
} from "../studio/engine/engine-process.ts";

/**
 * Starts engines as Electron utility processes: an app whose fuses forbid `ELECTRON_RUN_AS_NODE` cannot fork plain Node.
 * @param entry path of the bundled engine
 */
export function utilityEngine(entry: string): LaunchEngine {
  return () => {
    const child = utilityProcess.fork(entry, [], {
      serviceName: "Fude engine",
      stdio: ["ignore", "ignore", "pipe"],
      // The TensorFlow library was fetched on this machine and bears no signature of ours.
      allowLoadingUnsignedLibraries: true,
    });
    return asEngineProcess(child);
  };
}

function asEngineProcess(child: UtilityProcess): EngineProcess {
  const stderr = child.stderr as NodeJS.ReadableStream | null;
  stderr?.setEncoding("utf8");
  return {
    // Known only once the process has spawned.
    get pid() {
      return child.pid;
    },
    // Without a list of what to transfer: a transferred buffer would arrive empty (electron issue 34905).
    post: (request) => child.postMessage(request),
    onMessage: (listener) => child.on("message", listener),
    onStderr: (listener) => stderr?.on("data", listener),
    onExit: (listener) =>
      child.once("exit", (code) => listener(`exit code ${code}`)),
    kill() {
      // `child.kill()` asks with SIGTERM, which an engine deep in a convolution would not hear.
      if (child.pid !== undefined) process.kill(child.pid, "SIGKILL");
      else child.once("spawn", () => child.kill());
    },
  };
}
