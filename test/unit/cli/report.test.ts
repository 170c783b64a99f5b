import { expect, test } from "vitest";
import { Failure } from "../../../common/failure.ts";
import {
  duration,
  jsonReport,
  textReport,
} from "../../../electron/cli/report.ts";

const collector = (isTTY = false, columns = 20) => {
  const written: string[] = [];
  return {
    write: (text: string) => written.push(text),
    isTTY,
    columns,
    written,
  };
};

test("with --json every line is one object, the result last", () => {
  const out = collector();
  const report = jsonReport({ out });
  report.progress({ step: 1 }, "step 1");
  report.notice({ refused: "a\nb.txt" }, "left out");
  report.failure(new Failure("invalid", "No.", { hint: "Yes." }));
  const lines = out.written.join("").trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { kind: "progress", step: 1 },
    { kind: "notice", refused: "a\nb.txt" },
    { kind: "failure", code: "invalid", message: "No.", hint: "Yes." },
  ]);
});

test("on a terminal progress is one line that is written over and cleared", () => {
  const out = collector();
  const err = collector(true);
  const report = textReport({ out, err });
  report.progress({}, "one two three four five six");
  report.result({}, "done");
  expect(err.written).toEqual(["one two three four ", "\r\u001b[2K"]);
  expect(out.written).toEqual(["done\n"]);
});

test("without a terminal progress comes seldom, in plain lines", () => {
  const out = collector();
  const err = collector(false);
  const report = textReport({ out, err });
  report.progress({}, "10 %");
  report.progress({}, "11 %");
  expect(err.written).toEqual(["10 %\n"]);
});

test("durations read as one says them", () => {
  expect([12.4, 89, 90, 3600, 5400, 7500].map(duration)).toEqual([
    "12 s",
    "89 s",
    "2 min",
    "60 min",
    "1 h 30 min",
    "2 h 5 min",
  ]);
});
