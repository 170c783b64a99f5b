/** Pixels in memory: rows from the top, channels interleaved, straight (unpremultiplied) alpha, sRGB encoded. */
export interface Raster<
  Samples extends Uint8Array | Uint16Array | Float32Array =
    | Uint8Array
    | Uint16Array
    | Float32Array,
> {
  readonly width: number;
  readonly height: number;
  /** 1 grey, 2 grey + alpha, 3 RGB, 4 RGBA. */
  readonly channels: 1 | 2 | 3 | 4;
  /** `width * height * channels` samples: 0..255, 0..65535, or 0..1 for floats. */
  readonly samples: Samples;
}
