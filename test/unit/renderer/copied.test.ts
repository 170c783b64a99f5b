import { expect, test } from "vitest";
import {
  assetsOfCopied,
  type Copied,
  copiedFrom,
  copiedHtml,
} from "../../../renderer/state/copied.ts";
import { group, hash, picture, styled } from "./documents.ts";

const layers: Copied = {
  kind: "layers",
  layers: [
    group("g", [
      styled('“ink” & <wash> "x" 湖', {
        mask: { asset: hash("c"), x: 1, y: 2, outside: 0, enabled: true },
      }),
      picture("photo", { asset: hash("d") }),
    ]),
  ],
};

test("what was copied comes back from the HTML as it was, whatever its names, with a picture and without", () => {
  for (const address of [null, "data:image/png;base64,AAAA"]) {
    const html = copiedHtml(layers, address);
    expect(copiedFrom(html)).toEqual(layers);
    // As a browser hands it over.
    expect(copiedFrom(`<html><body>\n${html}\n</body></html>`)).toEqual(layers);
    expect(html.includes("src=")).toBe(address !== null);
  }
});

test("HTML of others is no note of Fude's", () => {
  expect(copiedFrom("<p>data-fude</p>")).toBeNull();
  expect(copiedFrom('<img src="x.png">')).toBeNull();
});

test("a note that is not as Fude writes it is not believed", () => {
  const note = (data: unknown) =>
    `<img alt="" data-fude="${encodeURIComponent(JSON.stringify(data))}">`;
  expect(copiedFrom(note({ kind: "layers", layers: [] }))).toBeNull();
  expect(
    copiedFrom(note({ kind: "layers", layers: [{ kind: "picture" }] })),
  ).toBeNull();
  expect(
    copiedFrom(note({ kind: "pixels", name: "x", x: 0.5, y: 0 })),
  ).toBeNull();
  expect(copiedFrom('<img data-fude="%7B">')).toBeNull();
  let deep: unknown = picture("p");
  for (let depth = 0; depth < 200; depth++)
    deep = { ...group("g", []), layers: [deep] };
  expect(copiedFrom(note({ kind: "layers", layers: [deep] }))).toBeNull();
});

test("it names every stored picture that it needs", () => {
  expect(assetsOfCopied(layers).sort()).toEqual(
    [hash("a"), hash("b"), hash("c"), hash("d")].sort(),
  );
  const mask = { asset: null, x: 0, y: 0, outside: 1, enabled: true };
  expect(assetsOfCopied({ kind: "mask", mask })).toEqual([]);
});
