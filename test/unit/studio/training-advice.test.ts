import { describe, expect, test } from "vitest";
import { trainingAdvice } from "../../../electron/studio/training-advice.ts";

const most = { drawings: 400, photos: 300 };
const pictures = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({
    name: `${from + index}.png`,
    asset: (from + index).toString(16).padStart(64, "0"),
    note: null,
  }));
const folder = (count: number, from = 0) => ({
  accepted: pictures(count, from),
  refused: [],
});

describe("what an artist should know before a training", () => {
  test.each([5, 28, 400])("nothing of %i drawings", (count) => {
    expect(trainingAdvice(folder(count), null, most)).toEqual([]);
  });

  test("that one drawing is all there is, and which", () => {
    expect(trainingAdvice(folder(1), null, most)).toEqual([
      expect.stringContaining(
        "one drawing only: the style will be that of 0.png",
      ),
    ]);
    const twins = [
      { name: "1.png", reason: "1.png is the same picture as 0.png." },
    ];
    expect(
      trainingAdvice({ ...folder(1), refused: twins }, null, most),
    ).toEqual([expect.stringContaining("Only 0.png is left")]);
  });

  test("that two are few", () => {
    expect(trainingAdvice(folder(2), null, most)).toEqual([
      expect.stringMatching(/2 drawings .* 5 or more/),
    ]);
  });

  test("that of a thousand some are learned from", () => {
    expect(trainingAdvice(folder(1000), folder(301, 2000), most)).toEqual([
      expect.stringContaining("Of the 1000 drawings 400"),
      expect.stringContaining("Of the 301 photographs 300"),
    ]);
  });

  test("that the photographs are the drawings, but not when some are others", () => {
    const advice = trainingAdvice(folder(6), folder(6), most);
    expect(advice).toEqual([expect.stringContaining("drawings themselves")]);
    expect(trainingAdvice(folder(6), folder(7), most)).toEqual([]);
    expect(trainingAdvice(folder(6), folder(0), most)).toEqual([]);
  });
});
