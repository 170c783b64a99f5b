import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumPath, launchChromium } from "./app/chromium.ts";
import { dataFolderForTest } from "./app/data-folder.ts";
import { type RunningStudio, startStudio } from "./app/running-studio.ts";

/** Pages of other sites, in the very browser that the artist has the studio open in. */
describe.skipIf(chromiumPath === null)("a stranger's page", () => {
  let data: Awaited<ReturnType<typeof dataFolderForTest>>;
  let studio: RunningStudio;
  let origin: string;
  let browser: Browser;
  let stranger: Server;

  beforeAll(async () => {
    data = await dataFolderForTest();
    studio = await startStudio(data.path);
    origin = new URL(studio.address).origin;
    browser = await launchChromium();
    stranger = createServer((_request, response) => {
      response.setHeader("content-type", "text/html");
      response.end("<title>Stranger</title>");
    });
    await once(stranger.listen(0, "127.0.0.1"), "listening");
  });
  afterAll(async () => {
    await browser?.close();
    stranger?.close();
    await studio?.stop();
    await data?.remove();
  });

  test("reads nothing, calls nothing and frames nothing", async () => {
    const context = await browser.newContext();
    const own = await context.newPage();
    await own.goto(studio.address);
    expect(await own.title()).toContain("Fude");
    expect(own.url()).toBe(`${origin}/`);

    const page = await context.newPage();
    // The same site as the studio's in the eyes of cookies: only the port differs.
    const { port } = stranger.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/`);
    const got = await page.evaluate(async (studioOrigin) => {
      const fetched = (mode: RequestMode) =>
        fetch(studioOrigin, { mode, credentials: "include" }).then(
          async (response) => response.type + (await response.text()),
          () => "refused",
        );
      const socket = new Promise<string>((resolve) => {
        const line = new WebSocket(
          `${studioOrigin.replace("http", "ws")}/studio`,
        );
        line.onopen = () => resolve("open");
        line.onerror = () => resolve("refused");
      });
      const frame = new Promise<string>((resolve) => {
        const element = document.createElement("iframe");
        element.src = studioOrigin;
        element.onload = () => {
          try {
            resolve(element.contentDocument?.title ?? "closed");
          } catch {
            resolve("closed");
          }
        };
        document.body.append(element);
      });
      return {
        cors: await fetched("cors"),
        opaque: await fetched("no-cors"),
        socket: await socket,
        frame: await frame,
      };
    }, origin);
    expect(got).toEqual({
      cors: "refused",
      opaque: "refused",
      socket: "refused",
      frame: "closed",
    });
    await context.close();
  });

  test("has no use for an address that was opened already", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const answer = await page.goto(studio.address);
    expect(answer?.status()).toBe(401);
    expect(await page.textContent("body")).toMatch(/has been used/);
    await context.close();
  });

  test("does not get in under another name for this machine", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const other = studio.address.replace("127.0.0.1", "localhost");
    const answer = await page.goto(other).catch(() => null);
    // Either the name means another address here, or the host refuses it.
    expect([undefined, 403]).toContain(answer?.status());
    await context.close();
  });
});
