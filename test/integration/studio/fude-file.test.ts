import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ProjectState } from "../../../common/contract/studio.ts";
import { Failure } from "../../../common/failure.ts";
import { drawing, scene } from "../support/drawn-pictures.ts";
import {
  addStyledLayer,
  nextEvent,
  openTestStudio,
  type TestStudio,
} from "../support/test-studio.ts";
import { unzipped, zipped } from "../support/zip-files.ts";

let root: string;
/** Where the project was made, and a library that has never heard of it. */
let here: TestStudio;
let there: TestStudio;
/** A project that stands before its last step, and its file. */
let project: ProjectState;
let file: Uint8Array<ArrayBuffer>;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "fude-file-"));
  here = await openTestStudio(join(root, "here"));
  there = await openTestStudio(join(root, "there"));
  project = await madeProject();
  file = await packed(here, project.id);
});
afterAll(async () => {
  await here.close();
  await there.close();
  await rm(root, { recursive: true });
});

async function packed(
  studio: TestStudio,
  projectId: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const made = await studio.call("exportProject", {
    projectId,
    format: "fude",
  });
  return new Uint8Array(made.bytes);
}

/** A picture with a profile of its own, a style of the artist's with a result over it, a mask, and a step undone. */
async function madeProject(): Promise<ProjectState> {
  const p3 = await sharp(await scene(60, 40))
    .withIccProfile("p3")
    .png()
    .toBuffer();
  const { notes: _, ...opened } = await here.call("createProject", {
    name: "hill: at dusk.png",
    bytes: new Uint8Array(p3),
  });
  const style = await here.call("styleFromPictures", {
    pictures: [
      { name: "ink.png", bytes: new Uint8Array(await drawing(1, 220)) },
    ],
    name: "My ink",
  });
  const result = await here.call("importPicture", {
    name: "result.png",
    bytes: new Uint8Array(
      await sharp(await scene(60, 40))
        .negate({ alpha: false })
        .png()
        .toBuffer(),
    ),
  });
  const mask = await here.call("storeMask", {
    width: 2,
    height: 2,
    samples: Uint8Array.of(0, 90, 180, 255),
  });
  const [photo] = opened.document.layers;
  if (photo?.kind !== "picture") throw new Error("no picture");
  const parameters = { model: style.id, brushSize: 1 };
  const styled = await here.call("applyOperations", {
    projectId: opened.id,
    revision: opened.revision,
    label: "Style: My ink",
    operations: [
      {
        kind: "addLayer",
        at: { parent: null, index: 1 },
        layer: {
          ...photo,
          kind: "styled",
          id: "styled",
          name: "My ink",
          asset: undefined,
          source: photo.asset,
          style: parameters,
          strength: 0.8,
          colourKeeping: 0.1,
          result: { asset: result.hash, style: parameters },
          mask: { asset: mask.hash, x: 4, y: 5, outside: 1, enabled: true },
        } as never,
      },
    ],
  });
  const later = await here.call("applyOperations", {
    projectId: opened.id,
    revision: styled.revision,
    label: "Opacity 40 %",
    operations: [
      { kind: "setLayer", layerId: "styled", change: { opacity: 0.4 } },
    ],
  });
  return here.call("moveInHistory", {
    projectId: later.id,
    position: later.history.position - 1,
  });
}

const open = (bytes: Uint8Array<ArrayBuffer>, name = "hill- at dusk.fude") =>
  there.call("createProject", { name, bytes });

test("a project comes out of its file as it went in, with history, profile and the artist's own style", async () => {
  const { notes, ...opened } = await open(file);
  expect(notes).toEqual([]);
  // The file cannot have the colon of the project's name, and is still called after it.
  expect(opened.name).toBe("hill: at dusk");
  expect(opened.document).toEqual(project.document);
  expect(opened.history).toEqual(project.history);

  // What is undone can be redone there, and what is done undone.
  const redone = await there.call("moveInHistory", {
    projectId: opened.id,
    position: opened.history.position + 1,
  });
  expect(redone.document.layers[1]?.opacity).toBe(0.4);
  const began = await there.call("moveInHistory", {
    projectId: opened.id,
    position: 0,
  });
  expect(began.document.layers).toHaveLength(1);
  await there.call("moveInHistory", {
    projectId: opened.id,
    position: opened.history.position,
  });

  // Both show the same pixels in the same colours.
  const [before, after] = [
    await here.call("exportProject", { projectId: project.id, format: "png" }),
    await there.call("exportProject", { projectId: opened.id, format: "png" }),
  ];
  expect(after.name).toBe("hill- at dusk.png");
  expect(
    Buffer.compare(Buffer.from(after.bytes), Buffer.from(before.bytes)),
  ).toBe(0);

  const styles = await there.call("listStyles", {});
  const own = (await here.call("listStyles", {})).find(
    ({ name }) => name === "My ink",
  );
  expect(styles.find(({ name }) => name === "My ink")).toEqual({
    ...own,
    createdAt: expect.any(Number),
  });
});

test("what the engine painted goes along, in the colours of the picture that it painted", async () => {
  const p3 = await sharp(await scene(60, 40))
    .withIccProfile("p3")
    .png()
    .toBuffer();
  const opened = await here.call("createProject", {
    name: "dusk.png",
    bytes: new Uint8Array(p3),
  });
  const { id: projectId } = await addStyledLayer(here, opened, "woodblock");
  const painted = nextEvent(here, "projectChanged", ({ document }) =>
    document.layers.some((layer) => layer.kind === "styled" && layer.result),
  );
  await here.call("stylizeLayer", { projectId, layerId: "styled" });
  const { document } = await painted;
  const bytes = await packed(here, projectId);
  const { notes, ...arrived } = await open(bytes, "dusk.fude");
  expect(notes).toEqual([]);
  expect(arrived.document).toEqual(document);
  const names = [...(await unzipped(bytes)).keys()];
  expect(names.filter((name) => name.startsWith("profiles/"))).toHaveLength(1);
});

test("a file that was renamed is called as the artist called it", async () => {
  expect((await open(file, "final 2.fude")).name).toBe("final 2");
});

describe("a file that cannot be believed", () => {
  type Entries = Map<string, Buffer>;
  const changed = async (
    change: (entries: Entries) => void,
  ): Promise<Uint8Array<ArrayBuffer>> => {
    const entries = await unzipped(file);
    change(entries);
    return zipped(entries);
  };
  // biome-ignore lint/suspicious/noExplicitAny: it is spoilt on purpose
  const inManifest = (change: (manifest: any) => void) =>
    changed((entries) => {
      const manifest = JSON.parse(entries.get("project.json")!.toString());
      change(manifest);
      entries.set("project.json", Buffer.from(JSON.stringify(manifest)));
    });
  const firstAsset = (entries: Entries) =>
    [...entries.keys()].find((name) => name.startsWith("assets/"))!;

  const refusal = async (bytes: Uint8Array<ArrayBuffer>): Promise<Failure> => {
    const before = await there.call("listProjects", {});
    const failure = await open(bytes, "bad.fude").then(
      () => null,
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(Failure);
    expect((failure as Failure).message).toContain("bad.fude");
    expect(await there.call("listProjects", {})).toEqual(before);
    return failure as Failure;
  };
  const sourceOf = ({ document }: ProjectState) => {
    const [photo] = document.layers;
    return photo?.kind === "picture" ? photo.asset : "";
  };

  test("torn at any place", async () => {
    for (const share of [0.02, 0.3, 0.7, 0.99]) {
      const torn = file.slice(0, Math.floor(file.length * share));
      expect((await refusal(torn)).code).toBe("damaged");
    }
  });

  test("an archive of something else, and one of a later Fude", async () => {
    const photos = await zipped([["photo.png", await scene(8, 8)]]);
    expect((await refusal(photos)).message).toBe(
      "bad.fude is a zip archive without a Fude project in it.",
    );
    const later = await inManifest((manifest) => {
      manifest.version = 2;
    });
    expect((await refusal(later)).message).toBe("A newer Fude wrote bad.fude.");
    const document = await inManifest((manifest) => {
      manifest.document.version = 99;
    });
    expect((await refusal(document)).code).toBe("unsupported");
  });

  test("a document that is none, that is too deep, or whose picture is absent", async () => {
    const none = await inManifest((manifest) => {
      manifest.document.width = -4;
    });
    expect((await refusal(none)).message).toBe(
      "bad.fude is damaged: its document cannot be read.",
    );
    const deep = await changed((entries) => {
      const nested = '{"layers":['.repeat(200_000) + "]}".repeat(200_000);
      entries.set(
        "project.json",
        Buffer.from(
          `{"format":"fude","version":1,"name":"x","document":${nested},"history":null,"thumbnail":null,"profiles":{},"styles":[]}`,
        ),
      );
    });
    expect((await refusal(deep)).code).toBe("damaged");
    const lacking = await changed((entries) => {
      entries.delete(`assets/${sourceOf(project)}.png`);
    });
    expect((await refusal(lacking)).message).toMatch(/it lacks assets\//);
  });

  test("a picture that is not what its hash says, and one that is no PNG", async () => {
    const swapped = await changed((entries) => {
      const name = `assets/${sourceOf(project)}.png`;
      const bytes = Buffer.from(entries.get(name)!);
      bytes[bytes.length - 20]! ^= 1;
      entries.set(name, bytes);
    });
    expect((await refusal(swapped)).message).toMatch(/is not the picture/);

    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');
    const hash = createHash("sha256").update(svg).digest("hex");
    const entries = await unzipped(
      await inManifest((manifest) => {
        manifest.document.layers[0].asset = hash;
      }),
    );
    entries.set(`assets/${hash}.png`, svg);
    await refusal(await zipped(entries));
  });

  test("a checksum that is wrong, a name that comes twice, a name that leads out of the archive", async () => {
    const entries = await unzipped(file);
    const name = firstAsset(entries);
    const spoilt = Buffer.from(file);
    spoilt[spoilt.indexOf(name) + name.length + 400]! ^= 0xff;
    expect((await refusal(new Uint8Array(spoilt))).code).toBe("damaged");

    const twice = await zipped([...entries, [name, Buffer.from("x")]]);
    expect((await refusal(twice)).message).toMatch(/twice/);

    const inside = "x".repeat(10);
    const out = Buffer.from(
      await zipped([...entries, [inside, Buffer.from("owned")]]),
    );
    for (let at = out.indexOf(inside); at >= 0; at = out.indexOf(inside))
      out.write("../../evil", at, "latin1");
    expect((await refusal(new Uint8Array(out))).code).toBe("damaged");
    expect((await readdir(root)).sort()).toEqual(["here", "there"]);
  });

  test("a style whose name is a path is no style", async () => {
    const path = await inManifest((manifest) => {
      manifest.styles[0].id = "../../evil";
    });
    expect((await refusal(path)).code).toBe("damaged");
  });

  test("entries that say that they become more than memory holds are not unpacked", async () => {
    // The size in the central directory, of project.json: the first entry.
    const bomb = Buffer.from(file);
    const directory = bomb.indexOf(Buffer.from("PK\u0001\u0002"));
    bomb.writeUInt32LE(0xffff_fff0, directory + 24);
    expect((await refusal(new Uint8Array(bomb))).code).toBe("too-large");
  });
});

test("a history that leads nowhere is left out, and said so; the picture comes all the same", async () => {
  const entries = await unzipped(file);
  const manifest = JSON.parse(entries.get("project.json")!.toString());
  manifest.history.steps[0].inverses = [
    { kind: "removeLayer", layerId: "nobody" },
  ];
  entries.set("project.json", Buffer.from(JSON.stringify(manifest)));
  const { notes, ...opened } = await open(await zipped(entries));
  expect(notes).toEqual(["Its history was damaged and was left out."]);
  expect(opened.history).toEqual({ entries: [], position: 0 });
  expect(opened.document).toEqual(project.document);
});

test("a style that is nowhere is named", async () => {
  const entries = await unzipped(file);
  for (const name of entries.keys())
    if (name.startsWith("models/")) entries.delete(name);
  const elsewhere = await openTestStudio(join(root, "elsewhere"));
  try {
    const { notes } = await elsewhere.call("createProject", {
      name: "hill.fude",
      bytes: await zipped(entries),
    });
    expect(notes).toEqual([
      "The style “My ink” is not here: what it painted stays, and cannot be painted anew.",
    ]);
  } finally {
    await elsewhere.close();
    await rm(join(root, "elsewhere"), { recursive: true });
  }
});
