import { initializeCanvas, type Psd, readPsd } from "ag-psd";
import { Failure } from "../../../common/failure.ts";
import type { Raster } from "../../../common/raster.ts";
import { refuseTooLarge } from "./picture-limits.ts";
import { findImageResource, profileResource } from "./psd-resources.ts";

/** A PSD's merged picture, in the colours of its profile. */
export interface PsdComposite {
  readonly raster: Raster<Uint8Array> | Raster<Uint16Array>;
  readonly profile: Uint8Array | null;
}

export function isPsd(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 4)).toString("latin1") === "8BPS";
}

// ag-psd was made for the browser and asks a canvas for its buffers.
initializeCanvas(
  () => {
    throw new Error("There is no canvas here");
  },
  (width, height) =>
    ({
      width,
      height,
      colorSpace: "srgb",
      data: new Uint8ClampedArray(width * height * 4),
    }) as ReturnType<NonNullable<Parameters<typeof initializeCanvas>[1]>>,
);

/**
 * Reads the merged picture of a PSD or PSB file; its layers are left.
 * @throws Failure `too-large`, `unsupported` for colour modes and depths that are not read, or `damaged`
 */
export function readPsdComposite(
  bytes: Uint8Array,
  name: string,
): PsdComposite {
  if (bytes.length < 26)
    throw new Failure("damaged", `${name} is damaged: it ends too early`, {
      subject: name,
    });
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  refuseTooLarge(name, header.getUint32(18), header.getUint32(14));
  const { imageData } = parse(bytes, name);
  if (!imageData)
    throw new Failure("unsupported", `${name} has no merged picture`, {
      subject: name,
      hint: "Save it again with “Maximize Compatibility” on.",
    });
  const { data, width, height } = imageData;
  if (data instanceof Float32Array)
    throw new Failure("unsupported", `${name} has 32 bits a channel`, {
      subject: name,
      hint: "Save it with 8 or 16 bits a channel.",
    });
  const samples =
    data instanceof Uint16Array
      ? data
      : new Uint8Array(data.buffer, data.byteOffset, data.length);
  return {
    raster: { width, height, channels: 4, samples } as PsdComposite["raster"],
    profile: findImageResource(bytes, profileResource),
  };
}

function parse(bytes: Uint8Array, name: string): Psd {
  try {
    return readPsd(bytes, {
      skipLayerImageData: true,
      skipLinkedFilesData: true,
      skipThumbnail: true,
      useImageData: true,
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const mode = /^Color mode not supported: ([A-Za-z]+)$/.exec(reason)?.[1];
    if (mode !== undefined)
      throw new Failure(
        "unsupported",
        `${name} is a PSD in ${mode} colours, which Fude does not read`,
        { subject: name, hint: "Save it in RGB.", cause },
      );
    throw new Failure("damaged", `${name} is damaged (${reason})`, {
      subject: name,
      hint: "Open it in the program that made it and save it again.",
      cause,
    });
  }
}
