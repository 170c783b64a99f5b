import type { Failure } from "../../common/failure.ts";

/**
 * What a command tells. For people: results on stdout; progress, warnings and errors on stderr, progress in one line
 * that is overwritten where stderr is a terminal. With `--json`: one object a line on stdout, its kind in `kind`,
 * and `result` or `failure` last.
 */
export interface Report {
  /** How far the work is. `text` is at most a line. */
  progress(data: object, text: string): void;
  /** Something that the person should know and that does not end the command. */
  notice(data: object, text: string): void;
  result(data: object, text: string): void;
  failure(failure: Failure): void;
}

interface Streams {
  out: { write(text: string): unknown };
  err: { write(text: string): unknown; isTTY?: boolean; columns?: number };
}

/** Milliseconds between two progress lines where they cannot be overwritten. */
const plainBeat = 5000;

export function jsonReport({ out }: Pick<Streams, "out">): Report {
  const line = (kind: string, data: object) =>
    void out.write(`${JSON.stringify({ kind, ...data })}\n`);
  return {
    progress: (data) => line("progress", data),
    notice: (data) => line("notice", data),
    result: (data) => line("result", data),
    failure: (failure) => line("failure", failure.toJSON()),
  };
}

export function textReport({ out, err }: Streams): Report {
  let overwriting = false;
  let lastPlain = -Infinity;
  const clear = () => {
    if (overwriting) err.write("\r\u001b[2K");
    overwriting = false;
  };
  return {
    progress(_, text) {
      if (err.isTTY) {
        clear();
        // A line that wraps could not be overwritten.
        err.write(text.slice(0, (err.columns ?? 80) - 1));
        overwriting = true;
        return;
      }
      const now = performance.now();
      if (now - lastPlain < plainBeat) return;
      lastPlain = now;
      err.write(`${text}\n`);
    },
    notice(_, text) {
      clear();
      err.write(`${text}\n`);
    },
    result(_, text) {
      clear();
      out.write(`${text}\n`);
    },
    failure(failure) {
      clear();
      err.write(`fude: ${failure.message}\n`);
      if (failure.hint !== undefined) err.write(`      ${failure.hint}\n`);
    },
  };
}

/** "1 h 5 min", "3 min", "40 s". */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
