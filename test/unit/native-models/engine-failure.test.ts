import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { Failure } from "../../../common/failure.ts";
import { engineFailure } from "../../../native-models/engine-failure.ts";
import { startRuntime } from "../../../native-models/runtime/start-runtime.ts";

await startRuntime();

function errorOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error("it was possible");
}

describe("engineFailure", () => {
  test.each<[string, () => unknown]>([
    ["a picture", () => new Uint8Array(2 ** 52)],
    ["a buffer", () => new ArrayBuffer(2 ** 52)],
    ["a tensor", () => tf.zeros([2 ** 20, 2 ** 20])],
  ])("says that there was too little memory for %s", (_, work) => {
    expect(engineFailure(errorOf(work))).toMatchObject({
      code: "too-large",
      message: "There was not enough memory for this.",
    });
  });

  test("leaves a Failure as it is, and tells of anything else", () => {
    const failure = new Failure("damaged", "It is damaged.");
    expect(engineFailure(failure)).toBe(failure);
    expect(engineFailure(new Error("odd"))).toMatchObject({
      code: "engine-failed",
      message: "The engine failed: odd",
    });
  });
});
