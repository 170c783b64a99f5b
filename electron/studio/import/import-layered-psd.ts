import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { AssetHash } from "../../../common/document/document.ts";
import { Failure, type FailureData } from "../../../common/failure.ts";
import type { EncodedPicture, LayeredPicture } from "./read-layered-psd.ts";

/** What the thread is given. */
export interface PsdOrder {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly title: string;
}

/** What the thread says; a picture is answered before it goes on. */
export type PsdMessage =
  | { kind: "picture"; picture: EncodedPicture }
  | { kind: "done"; layered: LayeredPicture }
  | { kind: "failed"; failure: FailureData };

export interface PsdAnswer {
  readonly asset: AssetHash;
}

/** Milliseconds without a word from the thread: no layer within the limits takes this long. */
const usualPatience = 120_000;

/** Beside this file, of its kind: `.ts` in the sources, `.mjs` in the bundle. */
const entry = new URL(
  `./psd-thread${extname(import.meta.url)}`,
  import.meta.url,
);

/**
 * Reads a PSD or PSB file with its layers in a thread of its own, as `readLayeredPsd` does.
 * @param name of the file, for the sentences of failures
 * @param title what a file without layers calls its only one
 * @param keep stores a picture
 * @throws Failure that names the file, and whatever `keep` throws
 */
export async function importLayeredPsd(
  bytes: Uint8Array,
  name: string,
  title: string,
  keep: (picture: EncodedPicture) => Promise<AssetHash>,
  patience = usualPatience,
): Promise<LayeredPicture> {
  // A copy of the file alone, for these bytes may be a view into others that would travel along.
  const order: PsdOrder = { bytes: bytes.slice(), name, title };
  const thread = new Worker(entry, {
    workerData: order,
    transferList: [order.bytes.buffer as ArrayBuffer],
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
  });
  const { promise, resolve, reject } = Promise.withResolvers<LayeredPicture>();
  const tooLong = () =>
    reject(
      new Failure("too-large", `${name} takes too long to read`, {
        subject: name,
        hint: "Save it with fewer layers, or merged.",
      }),
    );
  let timer = setTimeout(tooLong, patience);
  thread.on("message", (message: PsdMessage) => {
    clearTimeout(timer);
    timer = setTimeout(tooLong, patience);
    if (message.kind === "done") resolve(message.layered);
    else if (message.kind === "failed")
      reject(Failure.fromData(message.failure));
    else
      keep(message.picture).then(
        (asset) => thread.postMessage({ asset } satisfies PsdAnswer),
        reject,
      );
  });
  thread.on("error", (cause) => reject(broken(name, cause)));
  thread.on("exit", () => reject(broken(name)));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    await thread.terminate();
  }
}

/** The thread ran out of memory, or stumbled over something that nobody thought of. */
function broken(name: string, cause?: unknown): Failure {
  return new Failure("damaged", `${name} cannot be read`, {
    subject: name,
    hint: "Open it in the program that made it and save it again.",
    cause,
  });
}
