import { Failure } from "../../common/failure.ts";
import { cartoonganGenerator } from "./cartoongan-generator.ts";
import { cycleganResnet } from "./cyclegan-resnet.ts";
import { type NetworkPlan, type Shapes, tensorsOf } from "./picture-layer.ts";
import { transformerNet } from "./transformer-net.ts";

/** Wider or deeper ones than these are nobody's, and would not fit the memory. */
const widest = 512;
const deepest = 64;

/** What old versions of PyTorch stored beside instance normalisation, though nothing uses it. */
const unused = /\.(?:running_mean|running_var|num_batches_tracked)$/;

/**
 * Finds out by names and shapes which published network a state dictionary is of.
 * @param shapes names without DataParallel's `module.`
 * @param file what messages call the file
 * @throws Failure "unsupported" that says what was found instead; "damaged" where tensors are missing or misshapen
 */
export function recogniseNetwork(shapes: Shapes, file: string): NetworkPlan {
  const plan =
    cycleganResnet(shapes) ??
    cartoonganGenerator(shapes) ??
    transformerNet(shapes);
  if (plan === null) throw unknown(shapes, file);
  const { title, layers } = plan;
  const width = layers[0]!.outputs;
  if (width < 1 || width > widest || layers.length > deepest) {
    throw refused(file, `a ${title} is beyond what can be run`);
  }
  const expected = new Map(layers.flatMap(tensorsOf));
  for (const [name, shape] of expected) {
    const found = shapes.get(name);
    if (String(found) === String(shape)) continue;
    throw found === undefined
      ? missing(name, shapes, plan, file)
      : misshapen(name, found, shape, plan, file);
  }
  for (const name of shapes.keys()) {
    if (!expected.has(name) && !unused.test(name)) {
      throw refused(
        file,
        `it looks like a ${title}, but holds ${name} besides`,
      );
    }
  }
  return plan;
}

/** Whether tensors are of Fude's own generator and its styles. */
export function isGenerator(tensors: ReadonlyMap<string, unknown>): boolean {
  return [...tensors.keys()].some(
    (name) => name.startsWith("generator.") || name === "style.vector",
  );
}

/** The same names without the `module.` that DataParallel puts before all of them. */
export function withoutModule<T>(
  tensors: ReadonlyMap<string, T>,
): ReadonlyMap<string, T> {
  const prefix = "module.";
  if (![...tensors.keys()].every((name) => name.startsWith(prefix))) {
    return tensors;
  }
  return new Map(
    [...tensors].map(([name, tensor]) => [name.slice(prefix.length), tensor]),
  );
}

/** Names the networks that artists are likely to try. */
function unknown(shapes: Shapes, file: string): Failure {
  if (shapes.has("model.model.0.weight")) {
    return refused(
      file,
      "it is a U-Net generator of pix2pix; of CycleGAN and pix2pix only the resnet generators are taken",
    );
  }
  if (String(shapes.get("model.0.weight")?.slice(2)) === "4,4") {
    return refused(
      file,
      "it is a discriminator; the generator is the file with “net_G” in its name",
    );
  }
  const names = [...shapes.keys()];
  const some = names.slice(0, 3).map((name) => {
    const short = name.length > 60 ? `${name.slice(0, 60)}…` : name;
    return `${JSON.stringify(short)} [${shapes.get(name)}]`;
  });
  return refused(
    file,
    `its ${names.length} tensors (${some.join(", ")}${names.length > 3 ? ", …" : ""}) are of no network that Fude knows`,
  );
}

function missing(
  name: string,
  shapes: Shapes,
  { title, kind }: NetworkPlan,
  file: string,
): Failure {
  const batch = kind === "cyclegan-resnet" && shapes.has("model.2.weight");
  if (batch) {
    return refused(
      file,
      "it was trained with batch normalisation; only generators with instance normalisation (--norm instance) are taken",
    );
  }
  return new Failure(
    "damaged",
    `${file} looks like a ${title}, but lacks the tensor ${name}.`,
    { subject: file, hint: "Copy or download it again." },
  );
}

function misshapen(
  name: string,
  found: readonly number[],
  shape: readonly number[],
  { title, layers }: NetworkPlan,
  file: string,
): Failure {
  const colours = [layers[0]!.name, layers.at(-1)!.name];
  if (colours.some((layer) => name.startsWith(`${layer}.`))) {
    return refused(
      file,
      `its ${name} is [${found}] where pictures of red, green and blue need [${shape}]`,
    );
  }
  return new Failure(
    "damaged",
    `${file} looks like a ${title}, but holds ${name} as [${found}] where [${shape}] belongs.`,
    { subject: file, hint: "Copy or download it again." },
  );
}

function refused(file: string, why: string): Failure {
  return new Failure("unsupported", `${file} cannot be used: ${why}.`, {
    subject: file,
    hint: "Fude takes resnet generators of CycleGAN and pix2pix, TransformerNet of fast_neural_style, and its own styles.",
  });
}
