import * as tf from "@tensorflow/tfjs-core";
import type { SettingsOf } from "../../common/contract/engine.ts";
import type { Raster } from "../../common/raster.ts";
import { adversarialLosses } from "../losses/adversarial.ts";
import { cycleLoss } from "../losses/cycle.ts";
import { identityLoss } from "../losses/identity.ts";
import {
  cycleganLayers,
  type ResnetShape,
} from "../networks/cyclegan-resnet.ts";
import {
  cycleganDiscriminator,
  discriminate,
  discriminatorTensors,
} from "../networks/discriminator.ts";
import { paint } from "../networks/paint.ts";
import {
  pictureTensors,
  storedPictureNetwork,
} from "../networks/picture-weights.ts";
import { writeSafetensors } from "../weights/safetensors.ts";
import { drawCrops } from "./crops.ts";
import { disposeGanNetwork, ganNetwork, ganRate } from "./gan-network.ts";
import { ImagePool } from "./image-pool.ts";
import { paintPadded } from "./paint-padded.ts";
import { type CropRange, pictureFrom } from "./picture.ts";
import { Random } from "./random.ts";
import type { Recipe } from "./recipe.ts";
import { holdThenFall } from "./schedule.ts";

export interface CycleganInput {
  readonly settings: SettingsOf<"cyclegan">;
  /** RGB, 8 bit; at least one of each. */
  readonly drawings: readonly Raster[];
  readonly photos: readonly Raster[];
}

export interface CycleganNetworks {
  readonly generator: ResnetShape;
  /** Filters of the first layer of each discriminator. */
  readonly discriminator: number;
}

/** Unpaired pictures [batch, side, side, 3] in −1..1. */
interface Batch {
  readonly photos: tf.Tensor4D;
  readonly drawings: tf.Tensor4D;
}

const cycleWeight = 10;
const identityWeight = 0.5 * cycleWeight;
const { discriminator: judged, generator: fooling } =
  adversarialLosses["least-squares"];

/**
 * Recipe "cyclegan" (Zhu, Park, Isola, Efros 2017): two generators, photograph → drawing and back, that undo one another
 * (λ = 10), leave alone what is already as it should be (λ/2), and each fool a 70x70 PatchGAN by least squares, whose own
 * loss counts half and which sees a pool of the last 50 pictures. The rate is constant for the first half of the run and
 * then falls straight to 0. Both directions are styles.
 */
export function createCycleganRecipe(
  input: CycleganInput,
  shape: CycleganNetworks = cycleganNetworks(input.settings),
): Recipe<Batch> {
  const { settings } = input;
  const { batch, crop: side } = settings;
  const random = Random.seeded(settings.seed ^ 0xc1c1e);
  const layers = cycleganLayers(shape.generator);
  const patches = cycleganDiscriminator(shape.discriminator);
  const generators = ganNetwork("generator", [
    ...pictureTensors(layers, random, "draw."),
    ...pictureTensors(layers, random, "photograph."),
  ]);
  const discriminators = ganNetwork("discriminator", [
    ...discriminatorTensors(patches, random, "drawings."),
    ...discriminatorTensors(patches, random, "photos."),
  ]);
  const pools = { drawings: new ImagePool(side), photos: new ImagePool(side) };
  const drawings = input.drawings.map(pictureFrom);
  const photos = input.photos.map(pictureFrom);
  const range = cropRange(settings);

  const through =
    (direction: "draw" | "photograph") =>
    (x: tf.Tensor4D): tf.Tensor4D =>
      paint(
        layers,
        (name) => generators.parameters.variable(`${direction}.${name}`),
        x,
      );
  const draw = through("draw");
  const photograph = through("photograph");
  const logits = (of: "drawings" | "photos", x: tf.Tensor4D) =>
    discriminate(
      patches,
      (name) => discriminators.parameters.variable(`${of}.${name}`),
      x,
    );

  const average = generators.average!;

  /** A tensor of the averaged weights. */
  function averaged(direction: "draw" | "photograph") {
    const named = generators.parameters.split(average.value);
    return (name: string) => named.get(`${direction}.${name}`)!;
  }

  async function stored(direction: "draw" | "photograph") {
    const named = tf.tidy(() =>
      Object.fromEntries(generators.parameters.split(average.value)),
    );
    const tensors = await storedPictureNetwork(
      layers,
      (name) => named[`${direction}.${name}`]!,
    );
    tf.dispose(named);
    return writeSafetensors(tensors);
  }

  return {
    run: runName(input),
    networks: { generators, discriminators },
    memory: {
      entries: async () => [
        ["pool.drawings", pools.drawings.store()],
        ["pool.photos", pools.photos.store()],
      ],
      restore(tensors) {
        pools.drawings.restore(tensors.get("pool.drawings"));
        pools.photos.restore(tensors.get("pool.photos"));
      },
    },
    rate: (step, steps) =>
      ganRate *
      holdThenFall(step, steps ?? Number.POSITIVE_INFINITY, 0, 0.5, 0),
    draw: (random) => ({
      photos: signed(drawCrops(photos, batch, side, range, random)),
      drawings: signed(drawCrops(drawings, batch, side, range, random)),
    }),
    step({ photos, drawings }, descend, random) {
      const made: Partial<Batch> = {};
      descend("generators", () => {
        const drawn = draw(photos);
        const shot = photograph(drawings);
        Object.assign(made, {
          drawings: tf.keep(drawn),
          photos: tf.keep(shot),
        });
        const back = tf.add(
          cycleLoss(photograph(drawn), photos),
          cycleLoss(draw(shot), drawings),
        );
        const same = tf.add(
          identityLoss(draw(drawings), drawings),
          identityLoss(photograph(photos), photos),
        );
        return {
          drawing: fooling(logits("drawings", drawn)),
          photo: fooling(logits("photos", shot)),
          cycle: tf.mul<tf.Scalar>(cycleWeight, back),
          identity: tf.mul<tf.Scalar>(identityWeight, same),
        };
      });
      const old = {
        drawings: pools.drawings.exchange(made.drawings!, random),
        photos: pools.photos.exchange(made.photos!, random),
      };
      tf.dispose([made.drawings!, made.photos!]);
      const judge = (of: "drawings" | "photos", real: tf.Tensor4D) =>
        tf.mul<tf.Scalar>(0.5, judged(logits(of, real), logits(of, old[of])));
      descend("discriminators", () => ({
        drawingJudge: judge("drawings", drawings),
        photoJudge: judge("photos", photos),
      }));
    },
    sample: (picture) =>
      tf.tidy(() => paintPadded(layers, averaged("draw"), picture)),
    result: async () => ({
      weights: await stored("draw"),
      further: [
        { label: "back to photographs", weights: await stored("photograph") },
      ],
      scores: {},
    }),
    dispose() {
      disposeGanNetwork(generators);
      disposeGanNetwork(discriminators);
    },
  };
}

/** As published, six blocks do for crops smaller than 256 pixels. */
export function cycleganNetworks({
  size,
  crop,
}: Pick<SettingsOf<"cyclegan">, "size" | "crop">): CycleganNetworks {
  return size === "published"
    ? {
        generator: {
          width: 64,
          blocks: crop < 256 ? 6 : 9,
          growing: "transposed",
        },
        discriminator: 64,
      }
    : {
        generator: { width: 32, blocks: 6, growing: "doubling" },
        discriminator: 32,
      };
}

/** As published, pictures are made 286 pixels wide and 256 of them are cut out; small runs see drawings at full size. */
function cropRange({ size }: SettingsOf<"cyclegan">): CropRange | null {
  const share = 256 / 286;
  return size === "published" ? { smallest: share, largest: share } : null;
}

function signed(x: tf.Tensor4D): tf.Tensor4D {
  return tf.sub(tf.mul(x, 2), 1);
}

function runName({ settings, drawings, photos }: CycleganInput): string {
  const { steps: _, minutes: __, ...fixed } = settings;
  return JSON.stringify({
    ...fixed,
    drawings: drawings.map(({ width, height }) => [width, height]),
    photos: photos.length,
  });
}
