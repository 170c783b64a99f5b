/** Where the parts of a PSD or PSB file lie (Adobe Photoshop File Formats Specification). */
export interface PsdSections {
  readonly large: boolean;
  readonly channels: number;
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  /** Number of the colour mode; see `psdModes`. */
  readonly mode: number;
  /** The colour table of indexed files. */
  readonly colours: Uint8Array;
  readonly resources: Uint8Array;
  readonly layers: Uint8Array;
  /** The merged picture, its compression first. */
  readonly merged: Uint8Array;
}

export const psdModes = [
  "bitmap",
  "grey",
  "indexed",
  "RGB",
  "CMYK",
  "",
  "",
  "multichannel",
  "duotone",
  "Lab",
] as const;

export function isPsd(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 4)).toString("latin1") === "8BPS";
}

/** @throws RangeError where the file ends before a section does, or a length is nonsense */
export function psdSections(bytes: Uint8Array): PsdSections {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint16(4);
  if (version !== 1 && version !== 2)
    throw new RangeError(`version ${version}`);
  const large = version === 2;
  let at = 26;
  const section = (wide: boolean): Uint8Array => {
    const length = wide ? Number(view.getBigUint64(at)) : view.getUint32(at);
    const start = at + (wide ? 8 : 4);
    if (start + length > bytes.length)
      throw new RangeError("a section exceeds the file");
    at = start + length;
    return bytes.subarray(start, at);
  };
  return {
    large,
    channels: view.getUint16(12),
    height: view.getUint32(14),
    width: view.getUint32(18),
    depth: view.getUint16(22),
    mode: view.getUint16(24),
    colours: section(false),
    resources: section(false),
    layers: section(large),
    merged: bytes.subarray(at),
  };
}

/** Number of the image resource that holds the ICC profile. */
const profileResource = 1039;

/** The ICC profile among a PSD's image resources, or null where there is none or the section is damaged. */
export function psdProfile({ resources }: PsdSections): Uint8Array | null {
  const view = viewOf(resources);
  let at = 0;
  while (at + 12 <= resources.length) {
    // Signature, number, and a name: a Pascal string of an even length.
    const name = 1 + view.getUint8(at + 6);
    const start = at + 6 + name + (name % 2) + 4;
    if (start > resources.length) return null;
    const length = view.getUint32(start - 4);
    if (start + length > resources.length) return null;
    if (view.getUint16(at + 4) === profileResource && length > 0)
      return resources.subarray(start, start + length);
    at = start + length + (length % 2);
  }
  return null;
}

/** Whether the merged picture has transparency: the channel after the colours is else one that the artist saved. */
export function hasTransparency({ layers, large }: PsdSections): boolean {
  const view = viewOf(layers);
  const size = large ? 8 : 4;
  const lengthAt = (at: number) =>
    large ? Number(view.getBigUint64(at)) : view.getUint32(at);
  if (layers.length < size + 2) return false;
  const info = lengthAt(0);
  if (info > 0) return view.getInt16(size) < 0;
  // 16 and 32 bits: the layers are in a block after the global layer mask.
  if (layers.length < size + 4) return false;
  let at = size + 4 + view.getUint32(size);
  while (at + 8 + size <= layers.length) {
    const key = Buffer.from(layers.subarray(at + 4, at + 8)).toString("latin1");
    if (["Mtrn", "Mt16", "Mt32"].includes(key)) return true;
    const wide = ["Lr16", "Lr32", "Layr", "LMsk"].includes(key);
    const length = wide ? lengthAt(at + 8) : view.getUint32(at + 8);
    const start = at + 8 + (wide ? size : 4);
    if (
      key.startsWith("Lr") &&
      start + 2 <= layers.length &&
      view.getInt16(start) < 0
    )
      return true;
    at = start + length + ((4 - (length % 4)) % 4);
  }
  return false;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
