import { once } from "node:events";
import { parentPort, workerData } from "node:worker_threads";
import { Failure } from "../../../common/failure.ts";
import type { PsdAnswer, PsdMessage, PsdOrder } from "./import-layered-psd.ts";
import { readLayeredPsd } from "./read-layered-psd.ts";

/** Entry of the thread that reads one PSD file: what a hostile file makes slow is slow in here only. */

const port = parentPort!;
const { bytes, name, title } = workerData as PsdOrder;
const tell = (message: PsdMessage) => port.postMessage(message);

try {
  const layered = await readLayeredPsd(bytes, name, title, async (picture) => {
    const answered = once(port, "message");
    tell({ kind: "picture", picture });
    const [answer] = (await answered) as [PsdAnswer];
    return answer.asset;
  });
  tell({ kind: "done", layered });
} catch (error) {
  tell({ kind: "failed", failure: Failure.from(error).toJSON() });
}
port.close();
