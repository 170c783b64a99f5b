import { ByteWriter } from "./byte-writer.ts";
import { layerChannel } from "./channel-data.ts";
import type { PsdFile, PsdLayer, PsdMask, PsdRectangle } from "./psd-file.ts";

/** Channel numbers of red, green, blue, transparency and the layer mask. */
const colourChannels = [0, 1, 2, -1];
const maskChannel = -2;

/** Values of `lsct`, the section divider setting. */
const sections = { folder: 1, divider: 3 } as const;

/**
 * The layer and mask information section. 16-bit files keep their layers in the block `Lr16`, as Photoshop writes them.
 * @param clear whether the merged picture has transparency, which the first channel after the colours holds
 */
export async function layerSection(
  file: PsdFile,
  large: boolean,
  clear: boolean,
): Promise<ByteWriter> {
  const info = await layerInfo(file, large, clear);
  const section = new ByteWriter();
  if (file.depth === 8) section.section(info, large);
  else section.count(0, large);
  // No global layer mask.
  section.u32(0);
  if (file.depth === 16) {
    // GIMP finds the layers only where they come first.
    section.ascii("8BIMLr16").section(info, large);
    if (clear) section.ascii("8BIMMt16").count(0, large);
  }
  return section;
}

async function layerInfo(
  file: PsdFile,
  large: boolean,
  clear: boolean,
): Promise<ByteWriter> {
  const info = new ByteWriter();
  info.i16(clear ? -file.layers.length : file.layers.length);
  const data: Uint8Array[] = [];
  for (const [index, layer] of file.layers.entries()) {
    const channels = await channelsOf(layer, large);
    writeRecord(info, layer, index + 1, channels, large);
    data.push(...channels.map((channel) => channel.data));
  }
  for (const part of data) info.bytes(part);
  return info.padSince(0, 4);
}

interface Channel {
  readonly number: number;
  readonly data: Uint8Array;
}

async function channelsOf(layer: PsdLayer, large: boolean): Promise<Channel[]> {
  const channels: Channel[] = [];
  for (const [index, number] of colourChannels.entries()) {
    const plane = layer.planes[index];
    // An empty channel is its compression alone.
    const data = plane
      ? await layerChannel(plane, layer.bounds.width, large)
      : new Uint8Array(2);
    channels.push({ number, data });
  }
  // Transparency goes first.
  channels.unshift(channels.pop()!);
  if (layer.mask)
    channels.push({
      number: maskChannel,
      data: await layerChannel(
        layer.mask.plane,
        layer.mask.bounds.width,
        large,
      ),
    });
  return channels;
}

function writeRecord(
  info: ByteWriter,
  layer: PsdLayer,
  id: number,
  channels: readonly Channel[],
  large: boolean,
): void {
  writeRectangle(info, layer.bounds);
  info.u16(channels.length);
  for (const { number, data } of channels)
    info.i16(number).count(data.length, large);
  const passes = layer.blendKey === "pass";
  info
    .ascii("8BIM")
    // A record knows no "pass through"; the section divider setting says it.
    .ascii(passes ? "norm" : layer.blendKey)
    .u8(Math.round(layer.opacity * 255))
    .u8(0)
    .u8(flagsOf(layer))
    .u8(0);

  const extra = new ByteWriter();
  writeMask(extra, layer.mask);
  // No blending ranges.
  extra.u32(0);
  extra.pascal(layer.name, 4);
  writeBlock(extra, "luni", new ByteWriter().unicode(layer.name));
  writeBlock(extra, "lyid", new ByteWriter().u32(id));
  if (layer.locked)
    writeBlock(extra, "lspf", new ByteWriter().u32(0x8000_0007));
  if (layer.section !== "layer")
    writeBlock(
      extra,
      "lsct",
      new ByteWriter()
        .u32(sections[layer.section])
        .ascii(`8BIM${layer.blendKey}`),
    );
  info.section(extra);
}

function flagsOf(layer: PsdLayer): number {
  const hidden = layer.visible ? 0 : 2;
  // Bit 3 says that bit 4, "the pixels do not matter", counts.
  return hidden | (layer.section === "layer" ? 8 : 8 | 16);
}

function writeMask(extra: ByteWriter, mask: PsdMask | null): void {
  if (!mask) {
    extra.u32(0);
    return;
  }
  const content = new ByteWriter();
  writeRectangle(content, mask.bounds);
  content
    .u8(mask.outside)
    .u8(mask.enabled ? 0 : 2)
    .zeros(2);
  extra.section(content);
}

function writeBlock(extra: ByteWriter, key: string, content: ByteWriter): void {
  extra.ascii(`8BIM${key}`).section(content.padSince(0, 4));
}

function writeRectangle(to: ByteWriter, bounds: PsdRectangle): void {
  to.i32(bounds.y)
    .i32(bounds.x)
    .i32(bounds.y + bounds.height)
    .i32(bounds.x + bounds.width);
}
