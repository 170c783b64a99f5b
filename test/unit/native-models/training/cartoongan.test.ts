import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import type { SettingsOf } from "../../../../common/contract/engine.ts";
import { cartoonganLayers } from "../../../../native-models/networks/cartoongan-generator.ts";
import { cartoonganDiscriminator } from "../../../../native-models/networks/discriminator.ts";
import {
  perceptualFrom,
  perceptualLayers,
  perceptualTaps,
} from "../../../../native-models/networks/perceptual.ts";
import { tensorsOf } from "../../../../native-models/networks/picture-layer.ts";
import { createCartoonganRecipe } from "../../../../native-models/training/cartoongan.ts";
import { publishedCartoonist } from "../../../../native-models/training/cartoonist.ts";
import { drawProceduralPhoto } from "../../../../native-models/training/procedural-photos.ts";
import { Random } from "../../../../native-models/training/random.ts";
import {
  readSafetensors,
  writeSafetensors,
} from "../../../../native-models/weights/safetensors.ts";
import { startBackends } from "../start-backends.ts";
import { expectLosses, ReferenceStep } from "./reference-step.ts";
import { expectStylizedAsTrained, liven } from "./stylized-as-trained.ts";

const backends = await startBackends();

/** P by the formula of test/reference/cartoongan.py. */
const perceptual = writeSafetensors(
  perceptualLayers.flatMap(({ name, inputs, outputs }, layer) => {
    const weight = Float32Array.from(
      { length: outputs * inputs * 9 },
      (_, i) => {
        const noise = Math.sin(i * 12.9898 + layer) * 43758.5453;
        const uniform = noise - Math.floor(noise) - 0.5;
        return uniform * Math.sqrt(24 / (9 * inputs));
      },
    );
    const bias = Float32Array.from(
      { length: outputs },
      (_, i) => Math.cos(i) * 0.1,
    );
    return [
      [
        `${name}.weight`,
        { dtype: "F32", shape: [outputs, inputs, 3, 3], data: weight },
      ],
      [`${name}.bias`, { dtype: "F32", shape: [outputs], data: bias }],
    ] as const;
  }),
);

const settings: SettingsOf<"cartoongan"> = {
  recipe: "cartoongan",
  size: "published",
  seed: 1,
  steps: 100,
  minutes: null,
  batch: 2,
  crop: 32,
};

function smallRecipe() {
  const picture = drawProceduralPhoto(64, Random.seeded(3));
  return createCartoonganRecipe(
    {
      settings,
      drawings: [picture],
      photos: [picture],
      perceptual,
      base: null,
    },
    () => ({
      generator: publishedCartoonist(1, { width: 2, blocks: 1 }),
      discriminator: cartoonganDiscriminator(2),
    }),
  );
}

/** Made by test/reference/cartoongan.py. */
test.each(backends)(
  "on %s one step is PyTorch's, at the start and later",
  async (backend) => {
    await tf.setBackend(backend);
    const reference = new ReferenceStep("cartoongan");
    const recipe = smallRecipe();
    const nameOf = (network: string, name: string) => `${network}.${name}`;
    reference.fill(recipe.networks, nameOf);
    tf.tidy(() => {
      const photos = reference.picture("photos");
      const p = perceptualFrom(readSafetensors(perceptual));
      const batch = {
        photos,
        content: perceptualTaps(p, photos)[3],
        drawings: reference.picture("drawings"),
        smoothed: reference.picture("smoothed"),
      };
      const step = (step: number, kinds: Record<string, string>) =>
        reference.compare(
          recipe,
          batch,
          Random.seeded(1),
          { step, steps: 100 },
          nameOf,
          kinds,
        );
      expectLosses(step(10, {}), reference.losses);
      const { adversarial, ...others } = step(9, { generator: "initial" });
      expect(adversarial).toBe(0);
      const { adversarial: _, ...expected } = reference.losses;
      expectLosses(others, expected);
    });
    recipe.dispose();
    await tf.setBackend(backends[0]!);
  },
);

test("its result is a style that paints as the training showed", async () => {
  const recipe = smallRecipe();
  liven(recipe.networks.generator!);
  await expectStylizedAsTrained(recipe, "cartoongan");
  recipe.dispose();
});

test("the published generator has the paper's number of parameters", () => {
  const count = cartoonganLayers({ width: 64, blocks: 8 })
    .flatMap(tensorsOf)
    .reduce((sum, [, shape]) => sum + shape.reduce((a, b) => a * b), 0);
  // Convolutions, and scale and shift of each normalisation.
  expect(count).toBe(11_120_195 + 9_472);
});

test("its second fakes are its drawings without edges, and what is no edge stays to the bit", () => {
  const recipe = smallRecipe();
  tf.tidy(() => {
    const { drawings, smoothed } = recipe.draw(Random.seeded(6));
    const apart = tf.sub(drawings, smoothed).dataSync();
    const changed = apart.filter((value) => value !== 0);
    expect(changed.length).toBeGreaterThan(20);
    expect(changed.length).toBeLessThan(apart.length / 2);
    // No lost contrast is smaller than one step of 8 bits, which rounding alone would make.
    const slope = (t: tf.Tensor4D) =>
      tf
        .max(
          tf.abs(
            tf.sub(
              tf.slice(t, [0, 0, 1, 0], [-1, -1, -1, -1]),
              tf.slice(t, [0, 0, 0, 0], [-1, -1, 31, -1]),
            ),
          ),
        )
        .dataSync()[0]!;
    expect(slope(smoothed)).toBeLessThan(slope(drawings));
  });
  recipe.dispose();
});
