import { z } from "zod";
import {
  type AssetHash,
  layerTreeSchema,
  maskSchema,
} from "../../common/document/document.ts";
import { walkLayers } from "../../common/document/tree.ts";

/** Characters of the longest note that is looked at: thousands of layers. */
const longest = 8_000_000;

const copiedSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("layers"),
    layers: z.array(layerTreeSchema).min(1).max(1000),
  }),
  z.strictObject({ kind: z.literal("mask"), mask: maskSchema }),
  /** Pixels that were picked: what they are called, and where they lay. */
  z.strictObject({
    kind: z.literal("pixels"),
    name: z.string().max(255),
    x: z.int().min(-1e6).max(1e6),
    y: z.int().min(-1e6).max(1e6),
  }),
]);

/** What Fude knows of something on the clipboard, beyond its pixels. */
export type Copied = z.infer<typeof copiedSchema>;

/**
 * Fude's note for the clipboard: HTML, which every browser lets through, of one picture element with the note as data. Other
 * programs see the picture.
 * @param picture address of the same pixels, or null
 */
export function copiedHtml(copied: Copied, picture: string | null): string {
  const note = encodeURIComponent(JSON.stringify(copied));
  const source = picture === null ? "" : ` src="${picture}"`;
  return `<img alt="" data-fude="${note}"${source}>`;
}

/** The note in what was pasted, or null where there is none. Whoever filled the clipboard is not believed. */
export function copiedFrom(html: string): Copied | null {
  const note = /<img [^>]*?data-fude="([^"]*)"/.exec(html)?.[1];
  if (note === undefined || note.length > longest) return null;
  try {
    return copiedSchema.parse(JSON.parse(decodeURIComponent(note)));
  } catch {
    return null;
  }
}

/** The stored pictures without which it cannot be pasted. */
export function assetsOfCopied(copied: Copied): AssetHash[] {
  if (copied.kind === "mask")
    return copied.mask.asset ? [copied.mask.asset] : [];
  if (copied.kind === "pixels") return [];
  const assets = new Set<AssetHash>();
  for (const { layer } of walkLayers(copied.layers)) {
    if (layer.mask?.asset) assets.add(layer.mask.asset);
    if (layer.kind === "picture") assets.add(layer.asset);
    if (layer.kind === "styled") assets.add(layer.source);
    if (layer.kind === "styled" && layer.result) assets.add(layer.result.asset);
  }
  return [...assets];
}
