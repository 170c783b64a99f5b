import { expect, test } from "vitest";
import { createSession } from "../../../electron/browser/session.ts";

test("a token buys one cookie, which scripts and other sites cannot use", () => {
  const session = createSession();
  const token = session.issueToken();
  const cookie = session.redeem(token, 4321);
  expect(cookie).toMatch(
    /^fude-4321=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
  );
  expect(session.redeem(token, 4321)).toBeNull();
  const pair = cookie?.split(";")[0];
  expect(session.admits(pair, 4321)).toBe(true);
  expect(session.admits(`theme=dark; ${pair}; other=1`, 4321)).toBe(true);
});

test("nothing but the cookie of this session and port is let in", () => {
  const session = createSession();
  const pair = session.redeem(session.issueToken(), 4321)?.split(";")[0] ?? "";
  expect(session.admits(undefined, 4321)).toBe(false);
  expect(session.admits("", 4321)).toBe(false);
  expect(session.admits("fude-4321", 4321)).toBe(false);
  expect(session.admits("fude-4321=", 4321)).toBe(false);
  expect(session.admits(pair.slice(0, -1), 4321)).toBe(false);
  expect(session.admits(pair, 4322)).toBe(false);
  expect(createSession().admits(pair, 4321)).toBe(false);
});

test("each address has a token of its own, and a wrong one spends none", () => {
  const session = createSession();
  const first = session.issueToken();
  const second = session.issueToken();
  expect(first).not.toBe(second);
  expect(session.redeem("", 1)).toBeNull();
  expect(session.redeem(`${first}x`, 1)).toBeNull();
  expect(session.redeem(second, 1)).not.toBeNull();
  expect(session.redeem(first, 1)).not.toBeNull();
});
