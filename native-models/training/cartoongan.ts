import * as tf from "@tensorflow/tfjs-core";
import type { SettingsOf } from "../../common/contract/engine.ts";
import type { Raster } from "../../common/raster.ts";
import { adversarialLosses } from "../losses/adversarial.ts";
import { semanticContentLoss } from "../losses/semantic-content.ts";
import {
  cartoonganDiscriminator,
  type Discriminator,
  discriminate,
  discriminatorTensors,
} from "../networks/discriminator.ts";
import {
  disposePerceptual,
  type Perceptual,
  perceptualFrom,
  perceptualTaps,
} from "../networks/perceptual.ts";
import { readSafetensors, writeSafetensors } from "../weights/safetensors.ts";
import {
  type Cartoonist,
  fastCartoonist,
  publishedCartoonist,
} from "./cartoonist.ts";
import { cropSamples, drawCrops } from "./crops.ts";
import { smoothEdges } from "./edge-smoothing.ts";
import { disposeGanNetwork, ganNetwork, ganRate } from "./gan-network.ts";
import { type CropRange, pictureFrom } from "./picture.ts";
import { Random } from "./random.ts";
import type { Recipe } from "./recipe.ts";

export interface CartoonganInput {
  readonly settings: SettingsOf<"cartoongan">;
  /** RGB, 8 bit; at least one of each. */
  readonly drawings: readonly Raster[];
  readonly photos: readonly Raster[];
  /** Weights file of P. */
  readonly perceptual: Uint8Array;
  /** Weights file of G and S, or null; the published generator starts from random weights all the same. */
  readonly base: Uint8Array | null;
}

export interface CartoonganNetworks {
  readonly generator: Cartoonist;
  readonly discriminator: Discriminator;
}

/** Pictures [batch, side, side, 3] in 0..1. */
interface Batch {
  readonly photos: tf.Tensor4D;
  /** P's relu4_1 of the photographs. */
  readonly content: tf.Tensor4D;
  readonly drawings: tf.Tensor4D;
  /** The same drawings with their edges smoothed away. */
  readonly smoothed: tf.Tensor4D;
}

/** The paper's ω. */
const contentWeight = 10;
/** Share of the run in which a generator from random weights only learns to give back what it sees. */
const initialisation = 0.1;
const { discriminator: judged, generator: fooling } =
  adversarialLosses["non-saturating"];

/**
 * Recipe "cartoongan" (Chen, Lai, Liu 2018, eq. 1 to 6): D tells drawings from both drawings without clear edges and G's
 * pictures; G fools D and keeps the photographs' content under P. G from random weights first learns content alone
 * (section 3.3; D already learns meanwhile, so that all steps take equally long).
 * @param networks the published ones or Fude's own, as the settings say; they come with P, which the recipe disposes of
 */
export function createCartoonganRecipe(
  input: CartoonganInput,
  networks: (p: Perceptual) => CartoonganNetworks = (p) => networksOf(input, p),
): Recipe<Batch> {
  const { settings } = input;
  const { batch, crop: side } = settings;
  const p = perceptualFrom(readSafetensors(input.perceptual));
  const { generator: cartoonist, discriminator: layers } = networks(p);
  const generator = ganNetwork("generator", cartoonist.initial);
  const discriminator = ganNetwork(
    "discriminator",
    discriminatorTensors(layers, Random.seeded(settings.seed ^ 0xca27)),
  );
  const drawings = input.drawings.map(pictureFrom);
  const photos = input.photos.map(pictureFrom);
  const range = cropRange(settings);
  const average = generator.average!;

  const logits = (x: tf.Tensor4D) =>
    discriminate(
      layers,
      (name) => discriminator.parameters.variable(name),
      tf.sub(tf.mul(x, 2), 1),
    );

  return {
    run: runName(input),
    networks: { generator, discriminator },
    rate: () => ganRate,
    draw(random) {
      const x = drawCrops(photos, batch, side, range, random);
      const samples = cropSamples(drawings, batch, side, range, random);
      const shape: [number, number, number, number] = [batch, side, side, 3];
      return {
        photos: x,
        content: perceptualTaps(p, x)[3],
        drawings: tf.tensor4d(samples, shape),
        smoothed: tf.tensor4d(withoutEdges(samples, side), shape),
      };
    },
    step({ photos, content, drawings, smoothed }, descend, _, { step, steps }) {
      const initialising =
        !cartoonist.trained &&
        (steps === null || step < initialisation * steps);
      let painted: tf.Tensor4D | undefined;
      descend("generator", () => {
        const y = cartoonist.paint(
          (name) => generator.parameters.variable(name),
          photos,
        );
        painted = tf.keep(y);
        return {
          adversarial: tf.mul<tf.Scalar>(
            initialising ? 0 : 1,
            fooling(logits(y)),
          ),
          content: tf.mul<tf.Scalar>(
            contentWeight,
            semanticContentLoss(perceptualTaps(p, y)[3], content),
          ),
        };
      });
      descend("discriminator", () => ({
        judge: judged(logits(drawings), logits(smoothed), logits(painted!)),
      }));
      painted?.dispose();
    },
    sample: (picture) =>
      tf.tidy(() => {
        const named = generator.parameters.split(average.value);
        return cartoonist.paint((name) => named.get(name)!, picture);
      }),
    async result() {
      const named = tf.tidy(() =>
        Object.fromEntries(generator.parameters.split(average.value)),
      );
      const stored = await cartoonist.stored((name) => named[name]!);
      tf.dispose(named);
      return { weights: writeSafetensors(stored), scores: {} };
    },
    dispose() {
      disposePerceptual(p);
      disposeGanNetwork(generator);
      disposeGanNetwork(discriminator);
    },
  };
}

function networksOf(
  { settings, base, drawings }: CartoonganInput,
  p: Perceptual,
): CartoonganNetworks {
  const { seed, crop, size } = settings;
  if (size === "published") {
    return {
      generator: publishedCartoonist(seed),
      discriminator: cartoonganDiscriminator(),
    };
  }
  // The published D costs five times what this G does.
  return {
    generator: fastCartoonist(seed, base, p, drawings.map(pictureFrom), crop),
    discriminator: cartoonganDiscriminator(16),
  };
}

/** As published, pictures are seen whole; small runs see drawings at full size. */
function cropRange({ size }: SettingsOf<"cartoongan">): CropRange | null {
  return size === "published" ? { smallest: 0.9, largest: 1 } : null;
}

/**
 * Square crops with their edges smoothed away. What lies away from edges stays to the bit: rounded to 8 bits it would
 * give D something else to tell them by.
 * @param samples RGB in 0..1
 */
function withoutEdges(samples: Float32Array, side: number): Float32Array {
  const smoothed = Float32Array.from(samples);
  const size = 3 * side * side;
  for (let from = 0; from < samples.length; from += size) {
    const crop = Uint8Array.from(
      samples.subarray(from, from + size),
      (sample) => Math.round(255 * sample),
    );
    const raster = {
      width: side,
      height: side,
      channels: 3,
      samples: crop,
    } as const;
    smoothEdges(raster).samples.forEach((sample, i) => {
      if (sample !== crop[i]) smoothed[from + i] = sample / 255;
    });
  }
  return smoothed;
}

function runName({
  settings,
  drawings,
  photos,
  base,
}: CartoonganInput): string {
  const { steps: _, minutes: __, ...fixed } = settings;
  return JSON.stringify({
    ...fixed,
    drawings: drawings.map(({ width, height }) => [width, height]),
    photos: photos.length,
    base: base?.length ?? null,
  });
}
