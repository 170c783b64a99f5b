import { readFileSync } from "node:fs";
import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Failure } from "../../../../common/failure.ts";
import { readPth } from "../../../../native-models/weights/pth.ts";
import { type Zipped, zipOf } from "./zip-of.ts";

const folder = new URL(
  "../../../fixtures/published-networks/",
  import.meta.url,
);
const bytesOf = (name: string) =>
  new Uint8Array(readFileSync(new URL(name, folder)));
const file = "portrait.pth";

async function failureOf(bytes: Uint8Array): Promise<Failure> {
  try {
    for (const tensor of (await readPth(bytes, file)).values())
      await tensor.read();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("the file was read");
}

const text = (words: string) => [...Buffer.from(words, "latin1")];
const unicode = (words: string) => [0x58, ...u32(words.length), ...text(words)];
function u32(value: number): number[] {
  return [...new Uint8Array(new Uint32Array([value]).buffer)];
}
const global = (name: string) => {
  const dot = name.lastIndexOf(".");
  return text(`c${name.slice(0, dot)}\n${name.slice(dot + 1)}\n`);
};
const int = (value: number) => [0x4a, ...u32(value)];
const tuple = (...items: number[][]) => [0x28, ...items.flat(), 0x74];
const pickle = (...parts: number[][]) =>
  Uint8Array.from([0x80, 2, ...parts.flat(), 0x2e]);
const storage = (length: number, key = "0") => [
  ...tuple(
    unicode("storage"),
    global("torch.FloatStorage"),
    unicode(key),
    unicode("cpu"),
    int(length),
  ),
  0x51,
];
const tensor = (
  length: number,
  offset: number,
  shape: number[],
  strides: number[],
) => [
  ...global("torch._utils._rebuild_tensor_v2"),
  ...tuple(
    storage(length),
    int(offset),
    tuple(...shape.map(int)),
    tuple(...strides.map(int)),
    [0x89],
    [0x4e],
  ),
  0x52,
];
const named = (name: string, value: number[]) => [
  0x7d,
  ...unicode(name),
  ...value,
  0x73,
];

/** A checkpoint as PyTorch zips it. */
function checkpoint(
  data: Uint8Array,
  floats: number[] = [],
  change: Partial<Zipped> = {},
): Uint8Array {
  return zipOf([
    { name: "net/data.pkl", data },
    {
      name: "net/data/0",
      data: new Uint8Array(Float32Array.from(floats).buffer),
      ...change,
    },
  ]);
}

describe("a checkpoint of PyTorch's", () => {
  test("of both formats and under DataParallel gives all its tensors", async () => {
    const zip = await readPth(bytesOf("transformer.pth"), file);
    const legacy = await readPth(bytesOf("transformer_old.model"), file);
    expect(zip.size).toBe(62);
    expect(zip.get("conv1.conv2d.weight")?.shape).toEqual([4, 3, 9, 9]);
    for (const [name, tensor] of zip)
      expect(await legacy.get(name)?.read()).toEqual(await tensor.read());
    expect(legacy.has("in1.running_mean")).toBe(true);
    const parallel = await readPth(bytesOf("resnet_6blocks.pth"), file);
    expect(parallel.get("module.model.1.bias")?.shape).toEqual([4]);
  });

  test("may be strided, wrapped, and compressed", async () => {
    const numbers = [0, 1, 2, 3, 4, 5];
    const turned = named(
      "state_dict",
      named("w", tensor(6, 1, [2, 2], [1, 3])),
    );
    const bytes = checkpoint(pickle(turned), numbers, { deflate: true });
    const read = await (await readPth(bytes, file)).get("w")?.read();
    expect(read).toEqual({
      dtype: "F32",
      shape: [2, 2],
      data: Float32Array.of(1, 4, 2, 5),
    });
  });
});

describe("a hostile file", () => {
  test.each<[string, Uint8Array, string, RegExp]>([
    [
      "a call of the system",
      pickle(
        global("posix.system"),
        tuple(unicode("touch /tmp/fude-was-here")),
        [0x52],
      ),
      "unsupported",
      /"posix\.system", a piece of program/,
    ],
    [
      "a name that is only mentioned",
      pickle(named("w", global("builtins.eval"))),
      "unsupported",
      /builtins\.eval/,
    ],
    [
      "a name of torch that runs things",
      pickle(global("torch.load"), tuple(unicode("x")), [0x52]),
      "unsupported",
      /torch\.load/,
    ],
    [
      "an object with a state",
      pickle(unicode("x"), [0x7d, 0x62]),
      "unsupported",
      /objects of a program/,
    ],
    ["an unknown opcode", pickle([0x81]), "unsupported", /opcode 0x81/],
    [
      "a tensor beyond its storage",
      pickle(named("w", tensor(6, 1, [6], [1]))),
      "damaged",
      /beyond its storage/,
    ],
    [
      "a stride beyond its storage",
      pickle(named("w", tensor(6, 0, [2], [6]))),
      "damaged",
      /beyond its storage/,
    ],
    [
      "a tensor that repeats one number",
      pickle(named("w", tensor(6, 0, [1000, 1000], [0, 0]))),
      "damaged",
      /beyond its storage/,
    ],
    [
      "a size below zero",
      pickle(named("w", tensor(6, 0, [-1], [1]))),
      "damaged",
      /no counts/,
    ],
    [
      "a storage that is larger than it is",
      pickle(named("w", tensor(600, 0, [6], [1]))),
      "damaged",
      /more or fewer numbers/,
    ],
    ["an empty stack", pickle([0x85]), "damaged", /takes more than it has/],
    [
      "a reference to nothing",
      pickle([0x68, 7]),
      "damaged",
      /refers to what is not there/,
    ],
    [
      "a text longer than the file",
      pickle([0x58, 255, 255, 255, 127]),
      "damaged",
      /ends too early/,
    ],
    ["no tensors", pickle([0x7d]), "unsupported", /no named tensors/],
  ])("with %s is refused by name", async (_, data, code, words) => {
    const failure = await failureOf(checkpoint(data, [0, 1, 2, 3, 4, 5]));
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(words);
    expect(failure.message).toMatch(/^portrait\.pth /);
  });

  test("that stacks or copies without end is refused quickly", async () => {
    const started = performance.now();
    const deep = await failureOf(
      checkpoint(pickle(Array.from({ length: 200_000 }, () => 0x28))),
    );
    expect(deep.message).toMatch(/too large/);
    const pair = [...unicode("a"), 0x4e, 0x86, 0x71, 1];
    const list = [0x5d, 0x71, 0, 0x28, ...pair];
    for (let i = 0; i < 40_000; i++) list.push(0x68, 1);
    list.push(0x65);
    const copy = [...global("collections.OrderedDict"), 0x68, 0, 0x85, 0x52];
    const copies = Array.from({ length: 1000 }, () => copy).flat();
    const copied = await failureOf(checkpoint(pickle(list, copies)));
    expect(copied.message).toMatch(/too large/);
    const itself = pickle([0x5d, 0x71, 0, 0x68, 0, 0x61]);
    expect((await failureOf(checkpoint(itself))).code).toBe("unsupported");
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test("whose storage unpacks to more than its size, or fails its checksum, is damaged", async () => {
    const data = pickle(named("w", tensor(6, 0, [6], [1])));
    const numbers = [0, 1, 2, 3, 4, 5];
    for (const change of [
      { packed: deflateRawSync(new Uint8Array(2 ** 20)) },
      { crc: 1 },
    ]) {
      const failure = await failureOf(checkpoint(data, numbers, change));
      expect(failure).toMatchObject({ code: "damaged", subject: file });
    }
  });

  test.each([
    ["nothing", new Uint8Array(0), "damaged"],
    ["a text", Buffer.from("These are no weights. ".repeat(9)), "unsupported"],
    [
      "another zip",
      zipOf([{ name: "a.txt", data: new Uint8Array(9) }]),
      "unsupported",
    ],
  ])("that is %s is refused", async (_, bytes, code) => {
    expect(await failureOf(bytes)).toMatchObject({ code, subject: file });
  });
});

describe.each(["resnet_6blocks.pth", "transformer.pth"])(
  "%s, altered",
  (name) => {
    const whole = bytesOf(name);
    // Where the descriptions lie: a change among the weights themselves is only another weight.
    const spot = fc.oneof(
      fc.integer({ min: 0, max: 14_000 }),
      fc.integer({ min: whole.length - 9000, max: whole.length - 1 }),
      fc.integer({ min: 0, max: whole.length - 1 }),
    );

    test("is read, or refused with a Failure that names it", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(spot, fc.integer({ min: 0, max: 255 })), {
            minLength: 1,
            maxLength: 6,
          }),
          fc.option(fc.integer({ min: 0, max: whole.length })),
          async (changes, end) => {
            const bytes = whole.slice(0, end ?? whole.length);
            for (const [at, value] of changes)
              if (at < bytes.length) bytes[at] = value;
            try {
              for (const tensor of (await readPth(bytes, file)).values())
                await tensor.read();
            } catch (error) {
              expect(error).toBeInstanceOf(Failure);
              expect((error as Failure).message).toContain(file);
              expect(["damaged", "unsupported", "too-large"]).toContain(
                (error as Failure).code,
              );
            }
          },
        ),
        { numRuns: 300 },
      );
    }, 60_000);
  },
);

test("any bytes for a pickle are read or refused", async () => {
  const opcodes = [...pickle(named("w", tensor(6, 0, [6], [1])))];
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.oneof(
          fc.constantFrom(...opcodes, 0x28, 0x5d, 0x61, 0x65, 0x75, 0x94, 0x93),
          fc.integer({ min: 0, max: 255 }),
        ),
        { maxLength: 60 },
      ),
      async (bytes) => {
        const data = Uint8Array.from([...opcodes.slice(0, -1), ...bytes, 0x2e]);
        try {
          await readPth(checkpoint(data, [0, 1, 2, 3, 4, 5]), file);
        } catch (error) {
          expect(error).toBeInstanceOf(Failure);
        }
      },
    ),
    { numRuns: 500 },
  );
}, 60_000);
