import { access } from "node:fs/promises";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import fastifyWebsocket from "@fastify/websocket";
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import { maximumMessageBytes } from "../../common/contract/socket.ts";
import type { StudioClient } from "../../common/contract/studio.ts";
import { Failure } from "../../common/failure.ts";
import {
  createAssetResponder,
  type PathOfAsset,
} from "../studio/assets/asset-response.ts";
import { createPictureResponder } from "../studio/picture-response.ts";
import { refusalOf } from "./guard.ts";
import { securityHeaders } from "./security-headers.ts";
import { createSession, type Session } from "./session.ts";
import { attachSocket } from "./studio-socket.ts";

export interface ServeOptions {
  studio: StudioClient & { pathOfAsset: PathOfAsset };
  /** The built page: `dist/renderer`. */
  pageFolder: string;
  /** 0 takes a free one. */
  port?: number;
  /** Bytes of the largest message that a page may send. */
  messageLimit?: number;
  /** Told of errors that are no `Failure`. */
  onDefect: (error: unknown) => void;
  /** Told of each page that connects. */
  onPage?: () => void;
}

export interface StudioServer {
  /** `http://127.0.0.1:PORT` */
  origin: string;
  /** An address that opens the studio once. */
  issueAddress(): string;
  /** Resolves when every request has been answered and every socket is closed. */
  close(): Promise<void>;
}

/**
 * Serves page, contract and pictures to a browser on this machine, and to nobody else: only on 127.0.0.1, only to who
 * came by an address of `issueAddress`.
 * @throws Failure `not-found` where the page is not built, `conflict` where the port is taken
 */
export async function serveStudio(
  options: ServeOptions,
): Promise<StudioServer> {
  await requirePage(options.pageFolder);
  const messageLimit = options.messageLimit ?? maximumMessageBytes;
  const app = fastify({ forceCloseConnections: true });
  // Before the hook below: the sockets of upgrades that the hook refuses are ended by the plugin's own.
  await app.register(fastifyWebsocket, {
    // Twice the limit still arrives, so that it can be answered with a sentence; more closes the socket (1009).
    options: { maxPayload: 2 * messageLimit, perMessageDeflate: false },
  });
  const session = createSession();
  app.addHook("onRequest", (request, reply, done) => {
    const answer = admit(request, session);
    if (answer === "pass") done();
    else if ("redirect" in answer) {
      reply.header("set-cookie", answer.cookie).redirect(answer.redirect);
    } else refuse(reply, answer.status, answer.sentence);
  });
  app.addHook("onSend", async (request, reply) => {
    reply.headers(securityHeaders(portOf(request)));
    // The plugin ends the line of a refused upgrade; the client should know.
    if (request.ws) reply.header("connection", "close");
  });
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) options.onDefect(error);
    return refuse(
      reply,
      status,
      status < 500 ? "That was not understood." : "Something failed in Fude.",
    );
  });
  await addRoutes(app, { ...options, messageLimit });
  const port = await listen(app, options.port ?? 0);
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    issueAddress: () => `${origin}/?token=${session.issueToken()}`,
    close: () => app.close(),
  };
}

type Admission =
  | "pass"
  | { redirect: string; cookie: string }
  | { status: number; sentence: string };

/** Who may come in: see `guard.ts` and `session.ts`. A token is spent by opening its address, and by nothing else. */
function admit(request: FastifyRequest, session: Session): Admission {
  const port = portOf(request);
  const isUpgrade = request.headers.upgrade !== undefined;
  const wrong = refusalOf(request.headers, port, isUpgrade);
  if (wrong !== null) return { status: 403, sentence: wrong };

  const url = new URL(request.url, `http://127.0.0.1:${port}`);
  const token = url.searchParams.get("token");
  const known = session.admits(request.headers.cookie, port);
  if (token !== null && request.method === "GET" && url.pathname === "/") {
    const cookie = known ? null : session.redeem(token, port);
    if (cookie !== null) return { redirect: "/", cookie };
  }
  if (known) return "pass";
  return {
    status: 401,
    sentence:
      "This address has been used or is not complete. Start Fude again for a new one.",
  };
}

function portOf(request: FastifyRequest): number {
  return request.socket.localPort ?? 0;
}

function refuse(
  reply: FastifyReply,
  status: number,
  sentence: string,
): FastifyReply {
  return reply
    .code(status)
    .header("cache-control", "no-store")
    .type("text/plain; charset=utf-8")
    .send(sentence);
}

async function addRoutes(
  app: FastifyInstance,
  {
    studio,
    pageFolder,
    messageLimit,
    onDefect,
    onPage,
  }: ServeOptions & { messageLimit: number },
): Promise<void> {
  app.get("/studio", { websocket: true }, (socket) => {
    attachSocket(socket, studio, messageLimit, onDefect);
    onPage?.();
  });

  const assetResponse = createAssetResponder((hash) =>
    studio.pathOfAsset(hash),
  );
  const pictureResponse = createPictureResponder(studio);
  app.get("/pictures/:file", (request, reply) =>
    pictureResponse(new URL(request.url, "http://127.0.0.1")).then((response) =>
      reply.send(response),
    ),
  );

  // The pattern keeps the route off the page's own files, should they lie in a folder of that name.
  app.get("/assets/:hash(^[0-9a-f]{64}$)", (request, reply) =>
    assetResponse(new URL(request.url, "http://127.0.0.1")).then((response) =>
      reply.send(response),
    ),
  );

  await app.register(fastifyStatic, {
    root: pageFolder,
    // Every start has a port and so an origin of its own; an old page never meets a new studio.
    cacheControl: false,
    dotfiles: "ignore",
  });
  app.setNotFoundHandler((_request, reply) =>
    refuse(reply, 404, "There is nothing here."),
  );
}

async function requirePage(folder: string): Promise<void> {
  try {
    await access(join(folder, "index.html"));
  } catch (cause) {
    throw new Failure("not-found", `The page is not built: ${folder}.`, {
      subject: folder,
      hint: "Run `npm start`, which builds it.",
      cause,
    });
  }
}

async function listen(app: FastifyInstance, port: number): Promise<number> {
  try {
    return Number(new URL(await app.listen({ host: "127.0.0.1", port })).port);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code !== "EADDRINUSE" && code !== "EACCES") throw cause;
    throw new Failure("conflict", `Port ${port} cannot be used (${code}).`, {
      subject: String(port),
      hint: "Leave out --port, and Fude takes a free one.",
      cause,
    });
  }
}
