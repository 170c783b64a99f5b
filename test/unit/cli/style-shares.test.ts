import { expect, test } from "vitest";
import { styleShares } from "../../../electron/cli/style-shares.ts";

test("one style needs no weight, and its name may hold colons", () => {
  expect(styleShares(["Oil"])).toEqual([{ word: "Oil", share: 1 }]);
  expect(styleShares(["C:\\art\\night.jpg"])).toEqual([
    { word: "C:\\art\\night.jpg", share: 1 },
  ]);
});

test("several share the whole by their weights", () => {
  expect(styleShares(["woodblock:0.6", "art/a:b.jpg:.4"])).toEqual([
    { word: "woodblock", share: expect.closeTo(0.6) },
    { word: "art/a:b.jpg", share: expect.closeTo(0.4) },
  ]);
  const shares = styleShares(["a:3", "b:1", "c:1", "d:1"]);
  expect(shares.map(({ share }) => share)).toEqual(
    [3, 1, 1, 1].map((weight) => weight / 6),
  );
});

test.each([
  [["woodblock:0.6"], /nothing to be weighed against/],
  [["woodblock", "oil"], /How much of woodblock/],
  [["woodblock:1", "oil:0"], /How much of oil/],
  [["a:1", "b:1", "c:1", "d:1", "e:1"], /At most 4/],
])("%j is refused", (words, message) => {
  expect(() => styleShares(words)).toThrow(message);
});
