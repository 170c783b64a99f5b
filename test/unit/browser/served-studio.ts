import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decode } from "@msgpack/msgpack";
import sharp from "sharp";
import { afterEach, beforeEach, expect } from "vitest";
import type { StudioClient } from "../../../common/contract/studio.ts";
import { Failure } from "../../../common/failure.ts";
import {
  type StudioServer,
  serveStudio,
} from "../../../electron/browser/serve-studio.ts";

/** The one picture that there is, 640 x 320. */
export const hash = "ab".repeat(32);
export let folder: string;
export let server: StudioServer;
export let tellJob: (payload: never) => void;
export const defects: unknown[] = [];

/** The smallest studio: two calls that answer, the others refuse. The real one is met in the other suites. */
export const studio = {
  async call(name: string, input: { projectId?: string }) {
    if (name === "listProjects") return [];
    if (name === "exportProject" && input.projectId === "p1")
      return { name: "p1.png", bytes: Buffer.from("drawn") };
    throw new Failure("not-found", "There is no such project.");
  },
  on(event: string, listener: (payload: never) => void) {
    if (event === "jobChanged") tellJob = listener;
    return () => {};
  },
  pathOfAsset: (asked: string) =>
    asked === hash ? join(folder, "picture.png") : null,
} as unknown as StudioClient & { pathOfAsset(hash: string): string | null };

/** Serves the studio anew for each test of the suite that calls this. */
export function serveForEachTest(): void {
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
      messageLimit: 1000,
      onDefect: (error) => defects.push(error),
    });
  });
  afterEach(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });
}

interface Answer {
  status: number;
  headers: IncomingMessage["headers"];
  body: Buffer;
}

/** A request as it is, without a client that tidies paths or headers. */
export async function get(
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

export async function enter(): Promise<{ cookie: string }> {
  const address = new URL(server.issueAddress());
  const answer = await get(address.pathname + address.search);
  expect(answer.status).toBe(302);
  return { cookie: answer.headers["set-cookie"]?.[0]?.split(";")[0] ?? "" };
}

/** @returns the status that the upgrade was answered with; 101 is a socket */
export async function upgrade(
  headers: Record<string, string>,
): Promise<number> {
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

/** The page's end of the socket. */
export async function page(): Promise<{
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
