import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { EngineRequest } from "../../../common/contract/engine.ts";

/** A running engine process, whichever way the host started it. */
export interface EngineProcess {
  readonly pid: number | undefined;
  post(request: EngineRequest): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Text as it comes, not cut into lines. */
  onStderr(listener: (text: string) => void): void;
  /** Called once, with words for why: "signal SIGKILL", "exit code 1". */
  onExit(listener: (why: string) => void): void;
  kill(): void;
}

export type LaunchEngine = () => EngineProcess;

const ownEntry = fileURLToPath(new URL("./entry.ts", import.meta.url));

/**
 * Starts engines as plain Node children: the way of the browser host, the CLI and the tests. The desktop host passes a
 * launcher of its own that uses Electron's utility process.
 * @param entry path of the engine's entry file
 */
export function forkEngine(entry: string = ownEntry): LaunchEngine {
  return () => {
    const child = fork(entry, [], {
      // Typed arrays travel as bytes; JSON would turn pixels into text.
      serialization: "advanced",
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      execArgv: [],
    });
    child.stderr?.setEncoding("utf8");
    return {
      pid: child.pid,
      // An error of the channel is followed by the exit, which is what everybody listens to.
      post: (request) => child.send(request, () => {}),
      onMessage: (listener) => child.on("message", listener),
      onStderr: (listener) => child.stderr?.on("data", listener),
      onExit: (listener) => {
        let told = false;
        const once = (why: string) => {
          if (told) return;
          told = true;
          listener(why);
        };
        child.on("error", (error) => once(error.message));
        // "close" comes after the last of stderr, "exit" may come before it.
        child.on("close", (code, signal) =>
          once(signal === null ? `exit code ${code}` : `signal ${signal}`),
        );
      },
      kill: () => child.kill("SIGKILL"),
    };
  };
}
