import { join, sep } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  isPageAddress,
  pageAddress,
  pageFile,
} from "../../../electron/desktop/page-address.ts";

// The page's scheme is standard in Electron, which Node's URL cannot know: like it, the tests write out the slash.
const folder = join(sep, "app", "dist", "renderer");

test("the page's own addresses are known", () => {
  expect(isPageAddress(pageAddress)).toBe(true);
  expect(isPageAddress("studio://page/index.html#layers")).toBe(true);
  expect(isPageAddress("studio://page/assets/x?side=64")).toBe(true);
});

test.each([
  "",
  "about:blank",
  "https://example.com/",
  "http://page/",
  "file:///etc/passwd",
  "studio://page.evil.example/",
  "studio://evil/page/",
  "studio://page@evil/",
  "studio://user@page/",
  "studio://page:80/",
  "studio:page/",
  "studios://page/",
  "javascript:alert(1)//studio://page/",
  "data:text/html,studio://page/",
  "blob:studio://page/1",
])("%j is not the page's", (address) => {
  expect(isPageAddress(address)).toBe(false);
});

test("an address means a file of the built page", () => {
  const file = (path: string) =>
    pageFile(folder, new URL(path, "studio://page/"));
  expect(file("/")).toBe(join(folder, "index.html"));
  expect(file("/index.html")).toBe(join(folder, "index.html"));
  expect(file("/assets/main-1.js")).toBe(join(folder, "assets", "main-1.js"));
  expect(file("/a%20b.css")).toBe(join(folder, "a b.css"));
});

test.each([
  "/%2e%2e%2fsecret",
  "/..%2f..%2fsecret",
  "/assets/..%2f..%2f..%2fsecret",
  "/..%5csecret",
  "/%00",
  "/index.html%00.js",
  "/%",
  "/%ff",
  "/.",
])("%s means none", (path) => {
  const file = pageFile(folder, new URL(`studio://page${path}`));
  if (path === "/.") expect(file).toBe(join(folder, "index.html"));
  else expect(file).toBeNull();
});

test("no address leads out of the folder", () => {
  const piece = fc.oneof(
    fc.constantFrom("..", "%2e%2e", ".", "/", "%2f", "%5c", "\\", "a", "//"),
    fc.string({ maxLength: 4 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = `studio://page/${pieces.join("")}`;
      fc.pre(URL.canParse(text));
      const file = pageFile(folder, new URL(text));
      expect(file === null || file.startsWith(folder + sep)).toBe(true);
    }),
  );
});
