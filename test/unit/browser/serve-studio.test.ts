import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decode, encode } from "@msgpack/msgpack";
import sharp from "sharp";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { StudioClient } from "../../../common/contract/studio.ts";
import { Failure } from "../../../common/failure.ts";
import {
  type StudioServer,
  serveStudio,
} from "../../../electron/browser/serve-studio.ts";

const hash = "ab".repeat(32);
let folder: string;
let server: StudioServer;
let tellJob: (payload: never) => void;
const defects: unknown[] = [];

/** The smallest studio: one project call that answers, one that refuses. The real one is met in the other suites. */
const studio = {
  async call(name: string) {
    if (name === "listProjects") return [];
    throw new Failure("not-found", "There is no such project.");
  },
  on(event: string, listener: (payload: never) => void) {
    if (event === "jobChanged") tellJob = listener;
    return () => {};
  },
  pathOfAsset: (asked: string) =>
    asked === hash ? join(folder, "picture.png") : null,
} as unknown as StudioClient & { pathOfAsset(hash: string): string | null };

beforeEach(async () => {
  defects.length = 0;
  folder = await mkdtemp(join(tmpdir(), "fude-serve-"));
  await mkdir(join(folder, "page"));
  await writeFile(join(folder, "page", "index.html"), "<title>Fude</title>");
  await writeFile(join(folder, "secret.txt"), "secret");
  await sharp({
    create: { width: 640, height: 320, channels: 3, background: "#c04020" },
  })
    .png()
    .toFile(join(folder, "picture.png"));
  server = await serveStudio({
    studio,
    pageFolder: join(folder, "page"),
    onDefect: (error) => defects.push(error),
  });
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

interface Answer {
  status: number;
  headers: IncomingMessage["headers"];
  body: Buffer;
}

/** A request as it is, without a client that tidies paths or headers. */
async function get(
  path: string,
  headers: Record<string, string> = {},
  method = "GET",
): Promise<Answer> {
  const sent = request({
    host: "127.0.0.1",
    port: new URL(server.origin).port,
    path,
    method,
    headers,
  }).end();
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: Buffer.concat(await response.toArray()),
  };
}

async function enter(): Promise<{ cookie: string }> {
  const address = new URL(server.issueAddress());
  const answer = await get(address.pathname + address.search);
  expect(answer.status).toBe(302);
  return { cookie: answer.headers["set-cookie"]?.[0]?.split(";")[0] ?? "" };
}

/** @returns the status that the upgrade was answered with; 101 is a socket */
async function upgrade(headers: Record<string, string>): Promise<number> {
  const sent = request({
    host: "127.0.0.1",
    port: new URL(server.origin).port,
    path: "/studio",
    headers: {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
      ...headers,
    },
  }).end();
  return new Promise((resolve, reject) => {
    sent.on("response", (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on("upgrade", (_response, socket) => {
      socket.destroy();
      resolve(101);
    });
    sent.on("error", reject);
  });
}

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

/** The page's end of the socket. */
async function page(): Promise<{
  socket: WebSocket;
  next(): Promise<Record<string, unknown>>;
}> {
  const { cookie } = await enter();
  const socket = new WebSocket(
    `${server.origin.replace("http", "ws")}/studio`,
    {
      headers: { cookie, origin: server.origin },
    } as never,
  );
  socket.binaryType = "arraybuffer";
  const inbox: Record<string, unknown>[] = [];
  const waiting: ((message: Record<string, unknown>) => void)[] = [];
  socket.addEventListener("message", ({ data }) => {
    const message = decode(data as ArrayBuffer) as Record<string, unknown>;
    const reader = waiting.shift();
    if (reader) reader(message);
    else inbox.push(message);
  });
  await once(socket, "open");
  return {
    socket,
    next: () =>
      new Promise((resolve) => {
        const ready = inbox.shift();
        if (ready) resolve(ready);
        else waiting.push(resolve);
      }),
  };
}

test("calls are answered with their id, failures as data, events as they come", async () => {
  const { socket, next } = await page();
  socket.send(encode({ id: 1, call: "listProjects", input: {} }));
  expect(await next()).toEqual({ id: 1, output: [] });
  socket.send(
    encode({ id: 2, call: "openProject", input: { projectId: "x" } }),
  );
  expect(await next()).toEqual({
    id: 2,
    failure: { code: "not-found", message: "There is no such project." },
  });
  socket.send(encode({ id: 3, call: "openProject", input: { projectId: 7 } }));
  expect(await next()).toMatchObject({ id: 3, failure: { code: "invalid" } });
  socket.send(encode({ id: 4, call: "__proto__", input: {} }));
  expect(await next()).toMatchObject({ id: 4, failure: { code: "invalid" } });

  tellJob({ id: "job" } as never);
  expect(await next()).toEqual({ event: "jobChanged", payload: { id: "job" } });
  socket.close();
});

test.each([
  ["text", "hello"],
  ["no MessagePack", new Uint8Array([0xc1, 0xff])],
  ["no request", encode({ hello: 1 })],
])("%s on the socket ends it", async (_name, message) => {
  const { socket } = await page();
  const closed = once(socket, "close") as Promise<[CloseEvent]>;
  socket.send(message as string);
  expect((await closed)[0].code).toBe(1007);
});

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
