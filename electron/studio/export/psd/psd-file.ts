import type { Raster } from "../../../../common/raster.ts";

/** The parts of a PSD file as its specification names them; `write-psd.ts` turns them into bytes. */
export interface PsdFile {
  readonly width: number;
  readonly height: number;
  readonly depth: 8 | 16;
  /** The merged picture, RGB or RGBA, of the file's depth. */
  readonly composite: IntegerRaster;
  /** ICC profile that all colours are in. */
  readonly profile: Uint8Array;
  /** Small JPEG of the whole. */
  readonly thumbnail: { width: number; height: number; jpeg: Uint8Array };
  /** Bottom first. */
  readonly layers: readonly PsdLayer[];
}

export type Plane = Uint8Array | Uint16Array;
export type IntegerRaster = Raster<Uint8Array> | Raster<Uint16Array>;

/** A rectangle of the document that holds samples; it may reach beyond the document's edges. */
export interface PsdRectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A record of the layer section: a layer, or one end of a group. */
export interface PsdLayer {
  readonly name: string;
  /** Four letters, from `blend-keys.ts`. */
  readonly blendKey: string;
  /** 0..1 */
  readonly opacity: number;
  readonly visible: boolean;
  readonly locked: boolean;
  /** Groups are a divider below their layers and a folder above them. */
  readonly section: "layer" | "folder" | "divider";
  readonly bounds: PsdRectangle;
  /** Red, green, blue and alpha of the bounds' size; none where the bounds are empty. */
  readonly planes: readonly Plane[];
  readonly mask: PsdMask | null;
}

export interface PsdMask {
  readonly bounds: PsdRectangle;
  readonly plane: Plane;
  /** What the mask is outside its bounds. */
  readonly outside: 0 | 255;
  readonly enabled: boolean;
}
