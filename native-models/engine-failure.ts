import { Failure } from "../common/failure.ts";

/** How V8, TensorFlow and WebAssembly say that there was no memory left. */
const outOfMemory =
  /array buffer allocation failed|invalid (typed )?array length|out of memory|OOM when allocating|bad_alloc|cannot enlarge memory|memory access out of bounds/i;

/** Any error as one that an artist may read. */
export function engineFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (outOfMemory.test(message)) {
    return new Failure("too-large", "There was not enough memory for this.", {
      hint: "Close other programs, or make the picture smaller.",
      cause: error,
    });
  }
  return new Failure("engine-failed", `The engine failed: ${message}`, {
    hint: "Try again; if it happens again, `fude doctor` tells what is wrong.",
    cause: error,
  });
}
