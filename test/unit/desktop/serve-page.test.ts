import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createPageResponder } from "../../../electron/desktop/serve-page.ts";

const hash = "ab".repeat(32);
let folder: string;
let respond: ReturnType<typeof createPageResponder>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fude-desktop-"));
  await mkdir(join(folder, "page"));
  await writeFile(join(folder, "page", "index.html"), "<title>Fude</title>");
  await writeFile(join(folder, "page", "main.js"), "1;");
  await writeFile(join(folder, "page", "notes.txt"), "secret");
  await writeFile(join(folder, "secret.js"), "secret");
  await sharp({
    create: { width: 200, height: 100, channels: 3, background: "#204060" },
  })
    .png()
    .toFile(join(folder, "picture.png"));
  respond = createPageResponder(
    join(folder, "page"),
    (asked) => (asked === hash ? join(folder, "picture.png") : null),
    async ({ pathname }) => new Response(`drawn for ${pathname}`),
  );
});
afterEach(() => rm(folder, { recursive: true }));

const get = (url: string, method = "GET") => respond({ method, url });

test("the page is served under the policy that the browser host has too", async () => {
  const page = await get("studio://page/");
  expect(page.status).toBe(200);
  expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(await page.text()).toBe("<title>Fude</title>");
  const policy = page.headers.get("content-security-policy") ?? "";
  expect(policy).toMatch(/^default-src 'self';/);
  expect(policy).toContain("connect-src 'self';");
  expect(policy).not.toMatch(/unsafe-eval|https?:|\*/);
  const script = await get("studio://page/main.js");
  expect(script.headers.get("content-type")).toMatch(/^text\/javascript/);
});

test("pictures come by their hash, whole or smaller", async () => {
  const whole = await get(`studio://page/assets/${hash}`);
  expect(whole.headers.get("cache-control")).toMatch(/immutable/);
  expect(
    await sharp(Buffer.from(await whole.arrayBuffer())).metadata(),
  ).toMatchObject({ width: 200, height: 100 });
  const small = await get(`studio://page/assets/${hash}?side=50`);
  expect(
    await sharp(Buffer.from(await small.arrayBuffer())).metadata(),
  ).toMatchObject({ width: 50, height: 25 });
});

test("whole pictures are drawn when they are asked for, under the page's policy", async () => {
  const picture = await get("studio://page/pictures/p-1.png");
  expect(await picture.text()).toBe("drawn for /pictures/p-1.png");
  expect(picture.headers.get("content-security-policy")).not.toBeNull();
  expect((await get("studio://page/pictures/..%2fp.png")).status).toBe(404);
});

test.each([
  "studio://evil/",
  "studio://page/..%2fsecret.js",
  "studio://page/%2e%2e%2fsecret.js",
  "studio://page/notes.txt",
  "studio://page/missing.js",
  `studio://page/assets/${"cd".repeat(32)}`,
  "studio://page/assets/..%2f..%2fsecret.js",
  "file:///etc/passwd",
])("%s is nothing", async (url) => {
  const answer = await get(url);
  expect(answer.status).toBe(404);
  expect(await answer.text()).not.toContain("secret");
});

test("only reading is answered", async () => {
  expect((await get("studio://page/", "POST")).status).toBe(404);
});
