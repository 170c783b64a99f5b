import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import type { SettingsOf } from "../../../../common/contract/engine.ts";
import { styleFrom } from "../../../../native-models/inference/style-from.ts";
import { cycleganLayers } from "../../../../native-models/networks/cyclegan-resnet.ts";
import { tensorsOf } from "../../../../native-models/networks/picture-layer.ts";
import {
  type CycleganNetworks,
  createCycleganRecipe,
  cycleganNetworks,
} from "../../../../native-models/training/cyclegan.ts";
import { ImagePool } from "../../../../native-models/training/image-pool.ts";
import { drawProceduralPhoto } from "../../../../native-models/training/procedural-photos.ts";
import { Random } from "../../../../native-models/training/random.ts";
import { readSafetensors } from "../../../../native-models/weights/safetensors.ts";
import { startBackends } from "../start-backends.ts";
import { expectLosses, ReferenceStep } from "./reference-step.ts";
import { expectStylizedAsTrained, liven } from "./stylized-as-trained.ts";

const backends = await startBackends();

const settings: SettingsOf<"cyclegan"> = {
  recipe: "cyclegan",
  size: "published",
  seed: 1,
  steps: 100,
  minutes: null,
  batch: 1,
  crop: 32,
};

function recipeOf(
  asked: Partial<SettingsOf<"cyclegan">> = {},
  networks?: CycleganNetworks,
) {
  const picture = drawProceduralPhoto(40, Random.seeded(3));
  return createCycleganRecipe(
    {
      settings: { ...settings, ...asked },
      drawings: [picture],
      photos: [picture],
    },
    networks,
  );
}

/** A pool's state after 50 pictures that are all this one. */
function fullOf(picture: tf.Tensor4D) {
  const pool = new ImagePool(picture.shape[1]);
  const random = Random.seeded(0);
  for (let i = 0; i < 50; i++) pool.exchange(picture, random).dispose();
  return pool.store();
}

/** Random numbers that begin with the wish to change places with an old picture. */
function longing(): Random {
  let seed = 0;
  while (!Random.seeded(seed).chance(0.5)) seed++;
  return Random.seeded(seed);
}

/** The published step and that with nearest x2, both made by test/reference/cyclegan.py. */
test.each(
  backends.flatMap((backend) => [
    [backend, "published", "transposed"] as const,
    [backend, "lite", "doubling"] as const,
  ]),
)("on %s one step of the %s networks is PyTorch's", async (...named) => {
  const [backend, size, growing] = named;
  await tf.setBackend(backend);
  const reference = new ReferenceStep(`cyclegan-${size}`);
  const recipe = recipeOf(
    {},
    { generator: { width: 2, blocks: 1, growing }, discriminator: 2 },
  );
  const nameOf = (_: string, name: string) => name;
  reference.fill(recipe.networks, nameOf);
  tf.tidy(() => {
    const pools = {
      drawings: fullOf(reference.picture("oldDrawing")),
      photos: new ImagePool(32).store(),
    };
    recipe.memory!.restore(
      new Map([
        ["pool.drawings", pools.drawings],
        ["pool.photos", pools.photos],
      ]),
    );
    const losses = reference.compare(
      recipe,
      {
        photos: reference.picture("photos"),
        drawings: reference.picture("drawings"),
      },
      longing(),
      { step: 0, steps: 100 },
      nameOf,
    );
    expectLosses(losses, reference.losses);
  });
  recipe.dispose();
  await tf.setBackend(backends[0]!);
});

test.each(["transposed", "doubling"] as const)(
  "its result is a style that paints as the training showed: %s",
  async (growing) => {
    const recipe = recipeOf(
      {},
      { generator: { width: 4, blocks: 2, growing }, discriminator: 2 },
    );
    liven(recipe.networks.generators!);
    await expectStylizedAsTrained(recipe, "cyclegan-resnet");
    const { further } = await recipe.result();
    expect(further).toHaveLength(1);
    const back = styleFrom(
      readSafetensors(further![0]!.weights).tensors,
      "the way back",
    );
    back.dispose();
    recipe.dispose();
  },
);

test("the published networks have the paper's numbers of parameters", () => {
  const count = (size: "published" | "lite", crop: number) => {
    const { generator } = cycleganNetworks({ ...settings, size, crop });
    return cycleganLayers(generator)
      .flatMap(tensorsOf)
      .reduce((sum, [, shape]) => sum + shape.reduce((a, b) => a * b), 0);
  };
  expect(count("published", 256)).toBe(11_378_179);
  // Six blocks do for smaller pictures.
  expect(count("published", 128)).toBe(11_378_179 - 6 * 590_080);
  expect(count("lite", 128)).toBe(1_965_059);
  const { discriminator } = cycleganNetworks({ ...settings, crop: 256 });
  expect(discriminator).toBe(64);
});

test("filters start from N(0, 0.02), and the rate falls from half the run on", () => {
  const recipe = recipeOf({ size: "lite" });
  const filter = recipe.networks.generators!.parameters.variable(
    "photograph.model.10.conv_block.1.weight",
  );
  const spread = tf.tidy(() => tf.moments(filter).variance.dataSync()[0]!);
  expect(Math.sqrt(spread)).toBeCloseTo(0.02, 3);
  const rates = [0, 50, 75, 100].map((step) => recipe.rate(step, 100));
  expect(rates[0]).toBe(2e-4);
  expect(rates[1]).toBe(2e-4);
  expect(rates[2]).toBeCloseTo(1e-4, 10);
  expect(rates[3]).toBeCloseTo(0, 10);
  recipe.dispose();
});

describe("the pool of pictures", () => {
  const picture = (value: number) =>
    tf.fill([1, 2, 2, 3], value) as tf.Tensor4D;
  const shown = (pool: ImagePool, value: number, random: Random) =>
    tf.tidy(() => pool.exchange(picture(value), random).dataSync()[0]!);

  test("hands on what comes while it fills, then old ones half the time", () => {
    const pool = new ImagePool(2, 10);
    const random = Random.seeded(4);
    for (let i = 0; i < 10; i++) expect(shown(pool, i, random)).toBe(i);
    const seen = Array.from({ length: 400 }, (_, i) =>
      shown(pool, 10 + i, random),
    );
    const fresh = seen.filter((value, i) => value === 10 + i);
    expect(fresh.length).toBeGreaterThan(160);
    expect(fresh.length).toBeLessThan(240);
    // A picture leaves the pool as it is shown: none comes twice.
    expect(new Set(seen).size).toBe(400);
  });

  test("goes on from what was stored as if nothing had been", () => {
    const [pool, other] = [new ImagePool(2, 3), new ImagePool(2, 3)];
    const random = Random.seeded(5);
    for (let i = 0; i < 5; i++) shown(pool, i, random);
    other.restore(pool.store());
    const twin = Random.fromState(random.state);
    const nextOf = (p: ImagePool, r: Random) =>
      Array.from({ length: 20 }, (_, i) => shown(p, 100 + i, r));
    expect(nextOf(other, twin)).toEqual(nextOf(pool, random));
  });

  test("refuses what is no pool", () => {
    const pool = new ImagePool(2, 3);
    expect(() => pool.restore(undefined)).toThrow(/pool/);
    const { data } = new ImagePool(2, 3).store();
    expect(() =>
      pool.restore({ dtype: "F32", shape: [1, 2, 2, 3], data }),
    ).toThrow(/pool/);
  });
});
