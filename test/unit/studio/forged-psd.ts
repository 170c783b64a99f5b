import { ByteWriter } from "../../../electron/studio/export/psd/byte-writer.ts";

export interface ForgedLayer {
  readonly name: string;
  /** Left, top, right, bottom. */
  readonly box?: readonly [number, number, number, number];
  readonly blendKey?: string;
  readonly opacity?: number;
  readonly clipped?: boolean;
  readonly channels?: readonly ForgedChannel[];
  readonly mask?: ForgedMask;
  /** Blocks of additional layer information. */
  readonly blocks?: Readonly<Record<string, Uint8Array>>;
}

interface ForgedMask {
  readonly box: readonly [number, number, number, number];
  readonly outside: number;
  /** 0..255 */
  readonly density?: number;
}

interface ForgedChannel {
  readonly id: number;
  readonly compression?: number;
  readonly data: Uint8Array;
}

/** One end of a group, for `blocks`. */
export function sectionDivider(kind: "folder" | "divider") {
  return { lsct: new ByteWriter().u32(kind === "folder" ? 1 : 3).finish() };
}

/** Channels of one colour over so many pixels, not compressed. */
export function plainChannels(
  pixels: number,
  [r, g, b, a]: readonly [number, number, number, number],
): ForgedChannel[] {
  return [r, g, b]
    .map((value, id) => ({ id, data: filled(pixels, value) }))
    .concat({
      id: -1,
      data: filled(pixels, a),
    });
}

export function filled(length: number, value: number): Uint8Array {
  return new Uint8Array(length).fill(value);
}

/** An RGB PSD of 8 bits with records that no program would write; its merged picture is of one grey. */
export function forgePsd(
  width: number,
  height: number,
  layers: readonly ForgedLayer[],
  mergedGrey = 128,
): Uint8Array<ArrayBuffer> {
  const psd = new ByteWriter().ascii("8BPS").u16(1).zeros(6);
  psd.u16(3).u32(height).u32(width).u16(8).u16(3).u32(0).u32(0);
  const info = new ByteWriter().i16(layers.length);
  for (const layer of layers) writeRecord(info, layer);
  for (const { data, compression } of channelsOf(layers))
    info.u16(compression ?? 0).bytes(data);
  const section = new ByteWriter().section(info.padSince(0, 4)).u32(0);
  psd.section(section);
  psd.u16(0).bytes(filled(width * height * 3, mergedGrey));
  return new Uint8Array(psd.finish());
}

function channelsOf(layers: readonly ForgedLayer[]): ForgedChannel[] {
  return layers.flatMap(({ channels = [] }) => channels);
}

function writeRecord(info: ByteWriter, layer: ForgedLayer): void {
  const { channels = [], mask, blocks = {}, box = [0, 0, 0, 0] } = layer;
  writeBox(info, box);
  info.u16(channels.length);
  for (const { id, data } of channels) info.i16(id).u32(data.length + 2);
  info
    .ascii("8BIM")
    .ascii(layer.blendKey ?? "norm")
    .u8(Math.round((layer.opacity ?? 1) * 255))
    .u8(layer.clipped ? 1 : 0)
    .u8(0)
    .u8(0);
  const extra = new ByteWriter();
  if (mask) {
    const content = new ByteWriter();
    writeBox(content, mask.box);
    content.u8(mask.outside);
    if (mask.density === undefined) content.u8(0).zeros(2);
    // Bit 4: parameters follow; bit 0 of theirs: the density of the user's mask.
    else content.u8(16).u8(1).u8(mask.density).zeros(1);
    extra.section(content);
  } else extra.u32(0);
  extra.u32(0).pascal(layer.name, 4);
  for (const [key, block] of Object.entries(blocks))
    extra.ascii(`8BIM${key}`).section(new ByteWriter().bytes(block));
  info.section(extra);
}

function writeBox(
  to: ByteWriter,
  [left, top, right, bottom]: readonly [number, number, number, number],
): void {
  to.i32(top).i32(left).i32(bottom).i32(right);
}
