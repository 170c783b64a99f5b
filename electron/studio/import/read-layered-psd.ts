import { randomUUID } from "node:crypto";
import {
  type AssetHash,
  type Document,
  documentVersion,
  identityTransform,
  type Layer,
  maximumDepth,
  type PictureLayer,
} from "../../../common/document/document.ts";
import { heightOf } from "../../../common/document/tree.ts";
import { Failure } from "../../../common/failure.ts";
import { isRgbProfile, meansSrgb } from "../assets/colour-profile.ts";
import {
  type DecodedPicture,
  decodePicture,
  decodeRaster,
} from "../assets/decode.ts";
import { encodePng, toDepth } from "../assets/encode.ts";
import { refuseTooLarge } from "../assets/picture-limits.ts";
import {
  type PsdSections,
  psdModes,
  psdProfile,
  psdSections,
} from "../assets/psd-sections.ts";
import { withoutFullAlpha } from "../assets/without-full-alpha.ts";
import { resize, thumbnailSize } from "../resize.ts";
import { openPreview, type Preview } from "./preview.ts";
import { type LayerWork, layersOf } from "./psd-layers.ts";
import { PsdLosses } from "./psd-losses.ts";
import { type PsdTree, readPsdTree, tooDeep } from "./psd-tree.ts";

/** A PSD file as a document. */
export interface LayeredPicture {
  readonly document: Document;
  /** A small copy of what the document shows. */
  readonly thumbnail: AssetHash;
  /** What the artist should know about how it came, a sentence each. */
  readonly notes: readonly string[];
}

/** A picture that a document needs, as the asset store keeps it. */
export interface EncodedPicture {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly depth: 8 | 16;
  readonly alpha: boolean;
  /** The RGB profile that it came with, where that is not sRGB. */
  readonly profile: Uint8Array | null;
}

/** What the reading of one file goes on with. */
interface Work {
  readonly psd: PsdSections;
  readonly name: string;
  readonly preview: Preview;
  keep(picture: EncodedPicture): Promise<AssetHash>;
}

/**
 * Reads a PSD or PSB file with its layers. Groups, masks, places, opacity, blend modes, visibility and names stay what
 * they are; text, smart objects and shapes come as the pixels that the file holds of them; adjustment layers and effects
 * are left out. Where the document therefore looks otherwise than the file did, its uppermost layer, hidden, is the
 * merged picture. A file whose layers cannot be read comes as its merged picture alone.
 * @param bytes of a file that is nobody else's
 * @param name of the file, for the sentences of failures
 * @param title what a file without layers calls its only one
 * @param keep called for one picture after the other, so that there are never two in memory
 * @throws Failure `unsupported`, `too-large` or `damaged`, naming the file, and whatever `keep` throws
 */
export async function readLayeredPsd(
  bytes: Uint8Array,
  name: string,
  title: string,
  keep: Work["keep"],
): Promise<LayeredPicture> {
  const psd = sectionsOf(bytes, name);
  refuseTooLarge(name, psd.width, psd.height);
  const tree = treeOf(bytes, psd);
  const preview = openPreview(psd, typeof tree === "string" ? 0 : tree.pixels);
  const merged = await decodePicture(bytes, name, () => preview.size).catch(
    (error: unknown) => {
      if (error instanceof Failure && error.code === "damaged") return error;
      throw error;
    },
  );
  const work: Work = { psd, name, keep, preview };
  const flat = async (notes: string[]) => {
    if (merged instanceof Failure) throw merged;
    const picture = await decodePicture(bytes, name);
    const layer = pictureLayer(title, await keepRaster(picture, work));
    return finished(documentOf(psd, [layer]), notes, work);
  };
  if (typeof tree === "string") return flat([tree]);

  const losses = new PsdLosses();
  const layers = await layersOf(tree.nodes, await layerWork(work, losses));
  const notes = losses.sentences();
  if (layers.length === 0) return flat(notes);
  if (Math.max(...layers.map(heightOf)) > maximumDepth)
    return flat([`Its layers could not be read: ${tooDeep}.`]);

  const document = documentOf(psd, layers);
  if (
    tree.merged &&
    !(merged instanceof Failure) &&
    !preview.looksLike(preview.draw(document), merged.raster)
  ) {
    const picture = await decodePicture(bytes, name);
    const whole = pictureLayer("As it looked", await keepRaster(picture, work));
    layers.push({ ...whole, visible: false });
    notes.push(
      "It looks different here; the hidden layer “As it looked” shows what it was.",
    );
  }
  return finished(document, notes, work);
}

function sectionsOf(bytes: Uint8Array, name: string): PsdSections {
  try {
    return psdSections(bytes);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Failure("damaged", `${name} is damaged (${reason})`, {
      subject: name,
      hint: "Open it in the program that made it and save it again.",
      cause,
    });
  }
}

/** The file's layers, or why they cannot be read, while its merged picture may well be. */
function treeOf(bytes: Uint8Array, psd: PsdSections): PsdTree | string {
  const mode = psdModes[psd.mode];
  if (mode === "CMYK" || mode === "duotone")
    return `It is in ${mode} colours, so it came as one picture, without its layers.`;
  try {
    return readPsdTree(bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `Its layers could not be read: ${reason}.`;
  }
}

async function layerWork(work: Work, losses: PsdLosses): Promise<LayerWork> {
  const { psd, name } = work;
  const own = psdProfile(psd);
  const foreign = own && !(await meansSrgb(own)) ? own : null;
  return {
    format: {
      colours: psdModes[psd.mode] === "RGB" ? 3 : 1,
      depth: psd.depth === 16 ? 16 : 8,
      large: psd.large,
    },
    width: psd.width,
    height: psd.height,
    losses,
    async keepPicture(raster) {
      const fits = foreign && isRgbProfile(foreign) === raster.channels >= 3;
      if (!fits && raster.channels !== 2)
        return keepRaster({ raster: withoutFullAlpha(raster) }, work);
      // Clear grey becomes RGB, as in any other file.
      const profile = fits ? foreign : null;
      return keepRaster(await decodeRaster(raster, profile, name), work);
    },
    keepMask: (raster) => keepRaster({ raster }, work),
  };
}

async function keepRaster(
  {
    raster,
    profile = null,
  }: Pick<DecodedPicture, "raster"> & {
    profile?: DecodedPicture["profile"];
  },
  { keep, preview }: Work,
): Promise<AssetHash> {
  const asset = await keep(await encoded(raster, profile));
  await preview.add(asset, raster);
  return asset;
}

async function encoded(
  raster: DecodedPicture["raster"],
  profile: Uint8Array | null,
): Promise<EncodedPicture> {
  const { width, height, channels, samples } = raster;
  return {
    png: await encodePng(raster),
    width,
    height,
    depth: samples instanceof Uint16Array ? 16 : 8,
    alpha: channels === 2 || channels === 4,
    profile,
  };
}

async function finished(
  document: Document,
  notes: readonly string[],
  { keep, preview }: Work,
): Promise<LayeredPicture> {
  const drawn = toDepth(preview.draw(document), 8);
  const small = await resize(drawn, thumbnailSize);
  return { document, notes, thumbnail: await keep(await encoded(small, null)) };
}

function documentOf(
  { width, height, depth }: PsdSections,
  layers: Layer[],
): Document {
  return {
    version: documentVersion,
    width,
    height,
    depth: depth === 16 ? 16 : 8,
    layers,
  };
}

function pictureLayer(name: string, asset: AssetHash): PictureLayer {
  return {
    kind: "picture",
    id: randomUUID(),
    name,
    visible: true,
    locked: false,
    opacity: 1,
    mask: null,
    blendMode: "normal",
    transform: identityTransform,
    asset,
  };
}
