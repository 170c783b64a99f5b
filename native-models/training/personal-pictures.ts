import { smoothEdges } from "./edge-smoothing.ts";
import type { PersonalInput } from "./personal-start.ts";
import { type Picture, pictureFrom } from "./picture.ts";
import { drawProceduralPhoto } from "./procedural-photos.ts";
import { Random } from "./random.ts";

export interface PersonalPictures {
  /** What the content is taken from. */
  readonly photos: readonly Picture[];
  readonly drawings: readonly Picture[];
  /** Drawings whose edges are blurred away: what the discriminator is to refuse. */
  readonly smoothed: readonly Picture[];
  /** What the run is judged by and never trained on. */
  readonly unseen: {
    readonly photos: readonly Picture[];
    readonly drawings: readonly Picture[];
  };
}

/** Stands in for photographs where none were given: made-up scenes beside the drawings. */
const madeUpPhotos = 48;

/** Of fewer pictures than this every one is needed to train on, and the run is judged by the same. */
const fewestToSplit = 10;

/** One in this many is set aside. */
const setAside = 5;

/** What a personal training sees: the artist's drawings and photos, or made-up scenes where there are none. */
export function personalPictures(input: PersonalInput): PersonalPictures {
  const drawn = split(input.drawings);
  const drawings = drawn.train.map(pictureFrom);
  const seen = contentPictures(input, drawings);
  const photos = split(seen);
  return {
    photos: photos.train,
    drawings,
    smoothed: drawn.train.map((raster) => pictureFrom(smoothEdges(raster))),
    unseen: { photos: photos.unseen, drawings: drawn.unseen.map(pictureFrom) },
  };
}

function split<Item>(items: readonly Item[]): {
  train: readonly Item[];
  unseen: readonly Item[];
} {
  if (items.length < fewestToSplit) return { train: items, unseen: items };
  const isUnseen = (_: Item, index: number) =>
    index % setAside === setAside - 1;
  return {
    train: items.filter((item, index) => !isUnseen(item, index)),
    unseen: items.filter(isUnseen),
  };
}

function contentPictures(
  { settings, photos }: PersonalInput,
  drawings: readonly Picture[],
): Picture[] {
  if (photos.length > 0) return photos.map(pictureFrom);
  const random = Random.seeded(settings.seed ^ 0xca3e);
  const scenes = Array.from({ length: madeUpPhotos }, () =>
    pictureFrom(drawProceduralPhoto(2 * settings.crop, random)),
  );
  return [...scenes, ...drawings];
}
