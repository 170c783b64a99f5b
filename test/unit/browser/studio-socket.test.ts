import { once } from "node:events";
import { encode } from "@msgpack/msgpack";
import { expect, test } from "vitest";
import { page, serveForEachTest, tellJob } from "./served-studio.ts";

serveForEachTest();

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

test("a message that is too large is answered, a far larger one ends the line", async () => {
  const { socket, next } = await page();
  const input = (bytes: number) => ({
    name: "a",
    bytes: new Uint8Array(bytes),
  });
  socket.send(encode({ id: 1, call: "importPicture", input: input(1200) }));
  expect(await next()).toMatchObject({
    id: 1,
    failure: { code: "too-large", hint: expect.any(String) },
  });
  socket.send(encode({ id: 2, call: "importPicture", input: input(900) }));
  expect(await next()).toMatchObject({ id: 2, failure: { code: "not-found" } });
  const closed = once(socket, "close") as Promise<[CloseEvent]>;
  socket.send(encode({ id: 3, call: "importPicture", input: input(4000) }));
  expect((await closed)[0].code).toBe(1009);
});
