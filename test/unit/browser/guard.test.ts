import { expect, test } from "vitest";
import { refusalOf } from "../../../electron/browser/guard.ts";

const host = "127.0.0.1:4321";
const origin = `http://${host}`;

test("the page's own requests pass", () => {
  expect(refusalOf({ host }, 4321, false)).toBeNull();
  expect(refusalOf({ host, origin }, 4321, true)).toBeNull();
  expect(
    refusalOf({ host, origin, "sec-fetch-site": "same-origin" }, 4321, false),
  ).toBeNull();
  // Typed into the address bar.
  expect(refusalOf({ host, "sec-fetch-site": "none" }, 4321, false)).toBeNull();
});

test.each([
  "evil.example:4321",
  "localhost:4321",
  "127.0.0.1",
  "127.0.0.1:4322",
  "127.0.0.1:4321.evil.example",
  "[::1]:4321",
  undefined,
])("the name %s is not this host's", (name) => {
  expect(
    refusalOf(name === undefined ? {} : { host: name }, 4321, false),
  ).toMatch(/not served here/);
});

test.each([
  "https://evil.example",
  "http://127.0.0.1:4322",
  "https://127.0.0.1:4321",
  "http://127.0.0.1:43210",
  "null",
  "",
])("a page of %s may not talk to this host", (foreign) => {
  expect(refusalOf({ host, origin: foreign }, 4321, false)).toMatch(/Other/);
  expect(refusalOf({ host, origin: foreign }, 4321, true)).toMatch(/Other/);
});

test("a socket must say where it comes from", () => {
  expect(refusalOf({ host }, 4321, true)).toMatch(/Other/);
});

test.each(["cross-site", "same-site"])(
  "a request that the browser calls %s is refused, even without an origin",
  (site) => {
    expect(refusalOf({ host, "sec-fetch-site": site }, 4321, false)).toMatch(
      /Other/,
    );
  },
);
