import { randomUUID } from "node:crypto";
import sharp from "sharp";
import {
  documentVersion,
  identityTransform,
  type Layer,
  type Mask,
} from "../../common/document/document.ts";
import { start } from "../../common/document/history.ts";
import type { Raster } from "../../common/raster.ts";
import { sampleScene, sampleSize } from "../../common/sample-scene.ts";
import type { Answers, Context } from "./context.ts";
import type { AssetRecord } from "./library/assets.ts";
import type { OpenProjects } from "./open-projects.ts";
import { storeRaster, thumbnailOf } from "./pictures.ts";
import { stateOf } from "./projects.ts";

/** The style that shows best what a style does; without it, any that came with Fude. */
const showpiece = "woodblock";

/** Between these shares of the width the style comes in. */
const fade = { from: 0.38, to: 0.58 };

/** A project of ours, for who has no picture at hand. */
export function sampleProjectCalls(
  context: Context,
  projects: OpenProjects,
): Answers<"createSample"> {
  return {
    async createSample() {
      const picture = await storeRaster(context, await drawnScene());
      const id = randomUUID();
      const now = Date.now();
      context.library.projects.insert({
        id,
        name: "Lake at dusk (sample)",
        document: {
          version: documentVersion,
          ...sampleSize,
          depth: 8,
          layers: await layersOf(context, picture),
        },
        revision: 0,
        tip: start,
        current: start,
        thumbnail: await thumbnailOf(context, picture.hash),
        createdAt: now,
        updatedAt: now,
      });
      return stateOf(projects.get(id));
    },
  };
}

/** The picture, and over its right half, where there are styles, what one makes of it. */
async function layersOf(
  context: Context,
  { hash }: AssetRecord,
): Promise<Layer[]> {
  const common = {
    visible: true,
    locked: false,
    opacity: 1,
    blendMode: "normal",
    transform: identityTransform,
  } as const;
  const picture: Layer = {
    ...common,
    id: randomUUID(),
    name: "Lake at dusk",
    kind: "picture",
    mask: null,
    asset: hash,
  };
  const { models } = context.library;
  const style =
    models.find(showpiece) ??
    models.list().find(({ origin }) => origin === "bundled");
  if (style === undefined) return [picture];
  const styled: Layer = {
    ...common,
    id: randomUUID(),
    name: style.name,
    kind: "styled",
    mask: await rightHalf(context),
    source: hash,
    style: { model: style.id, brushSize: 1 },
    strength: 1,
    colourKeeping: 0,
    result: null,
  };
  return [picture, styled];
}

/** Shows the right half of the picture, with a soft edge that leans. */
async function rightHalf(context: Context): Promise<Mask> {
  const { width, height } = sampleSize;
  const samples = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const across = (x + 0.25 * (y - height / 2)) / width;
      const t = (across - fade.from) / (fade.to - fade.from);
      const held = Math.min(1, Math.max(0, t));
      samples[y * width + x] = 255 * held * held * (3 - 2 * held);
    }
  const mask = { width, height, channels: 1, samples } as const;
  const { hash } = await storeRaster(context, mask);
  return { asset: hash, x: 0, y: 0, outside: 1, enabled: true };
}

async function drawnScene(): Promise<Raster<Uint8Array>> {
  const { data, info } = await sharp(Buffer.from(sampleScene()))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  return { width, height, channels: 3, samples: new Uint8Array(data) };
}
