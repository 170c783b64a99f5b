import { z } from "zod";
import type { Raster } from "../raster.ts";

const samples = z.union([
  z.instanceof(Uint8Array),
  z.instanceof(Uint16Array),
  z.instanceof(Float32Array),
]);

/** A raster as it crosses a process boundary: the sample count must fit the size. */
export const rasterSchema = z
  .strictObject({
    width: z.int().min(1).max(300_000),
    height: z.int().min(1).max(300_000),
    channels: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
    samples,
  })
  .refine(
    (raster) =>
      raster.samples.length === raster.width * raster.height * raster.channels,
    {
      error: "the number of samples does not fit the size",
    },
  ) satisfies z.ZodType<Raster>;
