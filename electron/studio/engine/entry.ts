import { type EnginePort, serveEngine } from "../../../native-models/engine.ts";

/** What Electron gives a utility process in place of `process.send`. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: "message", listener: (event: { data: unknown }) => void): void;
}

function parentPort(): ParentPort | undefined {
  return (process as { parentPort?: ParentPort }).parentPort;
}

/** The port to the studio: Electron's where this is a utility process, else the channel of a forked Node process. */
function portToStudio(): EnginePort {
  const port = parentPort();
  if (port !== undefined)
    return {
      send: (event) => port.postMessage(event),
      onRequest: (listener) =>
        port.on("message", (event) => listener(event.data)),
    };
  let underway = Promise.resolve();
  return {
    send(event) {
      const sent = Promise.withResolvers<void>();
      // A failed send means that the studio is gone, and "disconnect" ends this process.
      process.send?.(event, undefined, undefined, () => sent.resolve());
      underway = underway.then(() => sent.promise);
    },
    onRequest: (listener) => process.on("message", listener),
    delivered: () => underway,
  };
}

// Ctrl-C in a terminal reaches every process of its group. The studio decides when the engine ends, so that a training
// can write its last checkpoint; without the studio there is nobody left to work for.
process.on("SIGINT", () => {});
process.on("SIGHUP", () => {});
process.on("disconnect", () => process.exit(0));

serveEngine(portToStudio());
