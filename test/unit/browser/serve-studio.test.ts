import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { serveStudio } from "../../../electron/browser/serve-studio.ts";
import {
  defects,
  enter,
  folder,
  get,
  hash,
  serveForEachTest,
  server,
  studio,
  upgrade,
} from "./served-studio.ts";

serveForEachTest();

test("an address lets one browser in, once", async () => {
  const address = new URL(server.issueAddress());
  const path = address.pathname + address.search;
  expect((await get("/")).status).toBe(401);
  expect((await get("/?token=")).status).toBe(401);
  expect((await get("/?token=guess")).status).toBe(401);
  expect((await get(path, {}, "HEAD")).status).toBe(401);

  const first = await get(path);
  expect(first.status).toBe(302);
  expect(first.headers.location).toBe("/");
  const cookie = first.headers["set-cookie"]?.[0] ?? "";
  expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
  expect((await get(path)).status).toBe(401);

  const page = await get("/", { cookie: cookie.split(";")[0] ?? "" });
  expect(page.status).toBe(200);
  expect(page.body.toString()).toBe("<title>Fude</title>");
});

test("every answer forbids what a page of ours never does", async () => {
  const inside = await enter();
  for (const answer of [
    await get("/", inside),
    await get(`/assets/${hash}`, inside),
    await get("/nothing", inside),
    await get("/"),
  ]) {
    const policy = answer.headers["content-security-policy"];
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain(
      `connect-src 'self' ws:${server.origin.slice(5)};`,
    );
    expect(policy).toContain("object-src 'none'");
    expect(policy).toContain("base-uri 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe-eval|script-src|\*/);
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
    expect(answer.headers["referrer-policy"]).toBe("no-referrer");
    expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
  }
});

test("a foreign name or page is refused even with the cookie", async () => {
  const inside = await enter();
  const foreign: Record<string, string>[] = [
    { host: "evil.example" },
    { host: `localhost:${new URL(server.origin).port}` },
    { origin: "https://evil.example" },
    { "sec-fetch-site": "cross-site" },
  ];
  for (const headers of foreign) {
    const answer = await get("/", { ...inside, ...headers });
    expect(answer.status).toBe(403);
    expect(answer.body.toString()).not.toContain("<title>");
  }
});

test("a foreign page cannot spend an address", async () => {
  const address = new URL(server.issueAddress());
  const path = address.pathname + address.search;
  expect((await get(path, { "sec-fetch-site": "cross-site" })).status).toBe(
    403,
  );
  expect((await get(path)).status).toBe(302);
});

test("the socket opens for the page alone", async () => {
  const inside = await enter();
  const { origin } = server;
  expect(await upgrade({ origin })).toBe(401);
  expect(await upgrade({ ...inside })).toBe(403);
  expect(await upgrade({ ...inside, origin: "https://evil.example" })).toBe(
    403,
  );
  expect(await upgrade({ ...inside, origin, host: "evil.example" })).toBe(403);
  expect(await upgrade({ ...inside, origin })).toBe(101);
});

test("pictures come by their hash, whole or smaller, to be kept for ever", async () => {
  const inside = await enter();
  const whole = await get(`/assets/${hash}`, inside);
  expect(whole.status).toBe(200);
  expect(whole.headers["content-type"]).toBe("image/png");
  expect(whole.headers["cache-control"]).toMatch(/immutable/);
  expect(await sharp(whole.body).metadata()).toMatchObject({ width: 640 });

  const small = await get(`/assets/${hash}?side=64`, inside);
  expect(await sharp(small.body).metadata()).toMatchObject({
    width: 64,
    height: 32,
  });
  expect(small.headers["cache-control"]).toMatch(/immutable/);
  const enlarged = await get(`/assets/${hash}?side=4096`, inside);
  expect(await sharp(enlarged.body).metadata()).toMatchObject({ width: 640 });
  expect((await get(`/assets/${hash}`)).status).toBe(401);
});

test("whole pictures are drawn for the page alone, and only of projects that are there", async () => {
  expect((await get("/pictures/p1.png")).status).toBe(401);
  const inside = await enter();
  const drawn = await get("/pictures/p1.png", inside);
  expect(drawn.status).toBe(200);
  expect(drawn.headers["content-type"]).toBe("image/png");
  expect(drawn.headers["cache-control"]).toBe("no-store");
  expect(drawn.body.toString()).toBe("drawn");
  const missing = await get("/pictures/p2.png", inside);
  expect(missing.status).toBe(404);
  expect(missing.body.toString()).toBe("There is no such project.");
  for (const path of ["/pictures/..%2f..%2fsecret.png", "/pictures/p1.jpg"])
    expect((await get(path, inside)).status).toBe(404);
});

test.each([
  "/assets/..%2f..%2fsecret.txt",
  "/assets/../../secret.txt",
  "/../secret.txt",
  "/..%2fsecret.txt",
  "/%2e%2e/secret.txt",
  "/assets/%2e%2e%5csecret.txt",
  `/assets/${hash.toUpperCase()}`,
  `/assets/${hash}%00`,
  `/assets/${hash}/../../secret.txt`,
  `/assets/${"cd".repeat(32)}`,
  "/assets/",
])("%s is not served", async (path) => {
  const answer = await get(path, await enter());
  expect([400, 403, 404]).toContain(answer.status);
  expect(answer.body.toString()).not.toContain("secret");
  expect(defects).toEqual([]);
});

test.each(["0", "-1", "1e9", "abc", "64.5", ""])(
  "a side of %j is refused",
  async (side) => {
    const answer = await get(`/assets/${hash}?side=${side}`, await enter());
    expect(answer.status).toBe(400);
  },
);

test("a page that was not built is said to be missing", async () => {
  await expect(
    serveStudio({
      studio,
      pageFolder: join(folder, "nowhere"),
      onDefect: () => {},
    }),
  ).rejects.toMatchObject({ code: "not-found" });
});

test("a port that is taken is named", async () => {
  const port = Number(new URL(server.origin).port);
  await expect(
    serveStudio({
      studio,
      port,
      pageFolder: join(folder, "page"),
      onDefect: () => {},
    }),
  ).rejects.toMatchObject({ code: "conflict", subject: String(port) });
});
