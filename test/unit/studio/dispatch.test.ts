import { expect, test } from "vitest";
import type { StudioClient } from "../../../common/contract/studio.ts";
import { Failure } from "../../../common/failure.ts";
import { dispatch } from "../../../electron/studio/dispatch.ts";

/** A studio whose every call is answered by one function. */
function studio(answer: (name: string, input: unknown) => unknown) {
  return {
    call: async (name: string, input: unknown) => answer(name, input),
    on: () => () => {},
  } as unknown as StudioClient;
}

test("a call reaches the studio parsed, and its answer comes back", async () => {
  const asked: unknown[] = [];
  const client = studio((...call) => {
    asked.push(call);
    return {};
  });
  const reply = await dispatch(client, "renameProject", {
    projectId: "p",
    name: "  Bridge ",
  });
  expect(reply).toEqual({ output: {} });
  expect(asked).toEqual([
    ["renameProject", { projectId: "p", name: "Bridge" }],
  ]);
});

test.each(["toString", "__proto__", "constructor", "", "dropTables"])(
  "there is no call %j",
  async (name) => {
    const client = studio(() => expect.fail("the studio was asked"));
    expect(await dispatch(client, name, {})).toEqual({
      failure: {
        code: "invalid",
        message: `There is no call named "${name}".`,
      },
    });
  },
);

test("input that the contract does not know stops before the studio and is named", async () => {
  const client = studio(() => expect.fail("the studio was asked"));
  const reply = await dispatch(client, "moveInHistory", {
    projectId: "p",
    position: -1,
    extra: true,
  });
  expect(reply).toMatchObject({ failure: { code: "invalid" } });
  expect(JSON.stringify(reply)).toMatch(/position/);
});

test("a Failure crosses as data; what else is thrown crosses as internal and is told", async () => {
  const failure = new Failure("not-found", "There is no project “x”.", {
    subject: "x",
    hint: "Open another.",
  });
  const defects: unknown[] = [];
  const told = (error: unknown) => defects.push(error);
  const refusing = studio(() => {
    throw failure;
  });
  expect(await dispatch(refusing, "listJobs", {}, told)).toEqual({
    failure: failure.toJSON(),
  });
  expect(defects).toEqual([]);

  const defect = new TypeError("x is undefined");
  const broken = studio(() => {
    throw defect;
  });
  expect(await dispatch(broken, "listJobs", {}, told)).toMatchObject({
    failure: { code: "internal" },
  });
  expect(defects).toEqual([defect]);
});

test("an answer that the contract does not know is a defect, not an answer", async () => {
  const defects: unknown[] = [];
  const client = studio(() => [{ id: 1 }]);
  const reply = await dispatch(client, "listProjects", {}, (error) =>
    defects.push(error),
  );
  expect(reply).toMatchObject({ failure: { code: "internal" } });
  expect(defects).toHaveLength(1);
});
