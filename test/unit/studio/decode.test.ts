import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import type { Raster } from "../../../common/raster.ts";
import { decodePicture } from "../../../electron/studio/assets/decode.ts";
import {
  encodePicture,
  encodePng,
} from "../../../electron/studio/assets/encode.ts";
import { withPngProfile } from "../../../electron/studio/assets/png-profile.ts";

const [width, height] = [24, 16];

/** Red to the right, green downwards, a blue that changes slowly. */
function drawn(
  channels: Raster["channels"],
  depth: 8 | 16,
): Raster<Uint8Array> | Raster<Uint16Array> {
  const top = depth === 16 ? 65_535 : 255;
  const pixels = Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [(at % width) / width, Math.floor(at / width) / height];
    const values = {
      1: [x],
      2: [x, y],
      3: [x, y, 0.3],
      4: [x, y, 0.3, 0.2 + y / 2],
    }[channels];
    return values.map((value) => Math.round(value * top));
  });
  const samples =
    depth === 16
      ? Uint16Array.from(pixels.flat())
      : Uint8Array.from(pixels.flat());
  return { width, height, channels, samples } as
    | Raster<Uint8Array>
    | Raster<Uint16Array>;
}

/** Largest difference in 1/255. */
function difference(a: Raster, b: Raster): number {
  expect([a.width, a.height, a.channels]).toEqual([
    b.width,
    b.height,
    b.channels,
  ]);
  const [topA, topB] = [a, b].map(({ samples }) =>
    samples instanceof Uint16Array ? 65_535 : 255,
  );
  let largest = 0;
  for (let at = 0; at < a.samples.length; at++)
    largest = Math.max(
      largest,
      Math.abs(a.samples[at]! / topA! - b.samples[at]! / topB!) * 255,
    );
  return largest;
}

describe.each([1, 3, 4] as const)("%i channels", (channels) => {
  test.each([8, 16] as const)(
    "%i bits come back as they were",
    async (depth) => {
      const raster = drawn(channels, depth);
      const decoded = await decodePicture(await encodePng(raster), "a.png");
      expect(decoded).toMatchObject({
        depth,
        format: "png",
        alpha: channels === 4,
        profile: null,
      });
      expect(decoded.raster).toEqual(raster);
    },
  );
});

test.each([8, 16] as const)(
  "transparent grey of %i bits comes back as colour",
  async (depth) => {
    const raster = drawn(2, depth);
    const { samples } = (await decodePicture(await encodePng(raster), "a.png"))
      .raster;
    const pixels = Array.from({ length: width * height }, (_, at) => {
      const [grey, alpha] = raster.samples.slice(2 * at);
      return [grey, grey, grey, alpha];
    });
    expect([...samples]).toEqual(pixels.flat());
  },
);

test("the stored PNG of the same pixels is the same file", async () => {
  const [first, second] = await Promise.all([
    encodePng(drawn(3, 16)),
    encodePng(drawn(3, 16)),
  ]);
  expect(Buffer.from(first).equals(second)).toBe(true);
});

test.each([
  ["png", 16, 0],
  ["tiff", 16, 0],
  ["png", 8, 0],
  ["tiff", 8, 0],
  ["jpeg", 8, 6],
  ["webp", 8, 10],
] as const)(
  "%s of %i bits keeps the colours and names them sRGB",
  async (format, depth, tolerance) => {
    const raster = drawn(3, depth);
    const bytes = await encodePicture(raster, { format, depth, quality: 100 });
    const metadata = await sharp(bytes).metadata();
    expect(metadata.format).toBe(format);
    expect(metadata.icc?.toString("latin1", 36, 40)).toBe("acsp");
    const decoded = await decodePicture(bytes, `a.${format}`);
    expect(decoded.depth).toBe(depth);
    expect(decoded.profile).toBeNull();
    expect(difference(decoded.raster, raster)).toBeLessThanOrEqual(tolerance);
  },
);

test("transparency is kept, and becomes white in a JPEG", async () => {
  const clear: Raster = {
    width: 8,
    height: 8,
    channels: 4,
    samples: new Uint8Array(256),
  };
  for (const format of ["png", "webp", "tiff"] as const) {
    const bytes = await encodePicture(clear, { format, depth: 8 });
    expect((await decodePicture(bytes, format)).raster.samples[3]).toBe(0);
  }
  const jpeg = await encodePicture(clear, { format: "jpeg", depth: 8 });
  expect([
    ...(await decodePicture(jpeg, "a.jpg")).raster.samples.slice(0, 3),
  ]).toEqual([255, 255, 255]);
});

test("a picture too long for its format is refused", async () => {
  const long: Raster = {
    width: 16_384,
    height: 1,
    channels: 1,
    samples: new Uint8Array(16_384),
  };
  await expect(
    encodePicture(long, { format: "webp", depth: 8 }),
  ).rejects.toMatchObject({ code: "too-large" });
  await expect(
    encodePicture(long, { format: "jpeg", depth: 8 }),
  ).resolves.toBeDefined();
});

test("colours go back to the profile that they came from", async () => {
  const folder = await mkdtemp(join(tmpdir(), "fude-profile-"));
  const p3 = await sharp(Buffer.from([150, 120, 110]), {
    raw: { width: 1, height: 1, channels: 3 },
  })
    .withIccProfile("p3")
    .png()
    .toBuffer();
  const { raster, profile } = await decodePicture(p3, "p3.png");
  const profilePath = join(folder, "p3.icc");
  await writeFile(profilePath, profile!);
  for (const [format, depth] of [
    ["png", 16],
    ["tiff", 16],
    ["png", 8],
    ["jpeg", 8],
  ] as const) {
    const back = await encodePicture(raster, {
      format,
      depth,
      profilePath,
      quality: 100,
    });
    const { icc } = await sharp(back).metadata();
    expect(Buffer.compare(icc!, profile!)).toBe(0);
    const wanted = await sharp(p3, { ignoreIcc: true }).raw().toBuffer();
    const got = await sharp(back, { ignoreIcc: true }).raw().toBuffer();
    for (const [at, sample] of wanted.entries())
      expect(Math.abs(got[at]! - sample)).toBeLessThanOrEqual(3);
  }
  await rm(folder, { recursive: true });
});

test("floats are rounded, and what is beyond the range is clipped", async () => {
  const samples = new Float32Array([0.5, -1, 2, Number.NaN, 1, 0]);
  const raster = { width: 2, height: 1, channels: 3, samples } as const;
  const decode = async (depth: 8 | 16) =>
    (
      await decodePicture(
        await encodePicture(raster, { format: "png", depth }),
        "f",
      )
    ).raster.samples;
  expect([...(await decode(8))]).toEqual([128, 0, 255, 0, 255, 0]);
  expect([...(await decode(16))]).toEqual([32_768, 0, 65_535, 0, 65_535, 0]);
});

describe("EXIF orientation", () => {
  // Two columns, three rows.
  const upright = [
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
    [255, 255, 255],
    [9, 9, 9],
    [80, 80, 80],
  ];
  /** Where a stored pixel stands upright, w and h being the last column and row of what is stored (EXIF 2.32, 4.6.4). */
  const places: Record<
    number,
    (x: number, y: number, w: number, h: number) => [number, number]
  > = {
    1: (x, y) => [x, y],
    2: (x, y, w) => [w - x, y],
    3: (x, y, w, h) => [w - x, h - y],
    4: (x, y, _, h) => [x, h - y],
    5: (x, y) => [y, x],
    6: (x, y, _, h) => [h - y, x],
    7: (x, y, w, h) => [h - y, w - x],
    8: (x, y, w) => [y, w - x],
  };

  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    "%i stands upright",
    async (orientation) => {
      const [width, height] = orientation < 5 ? [2, 3] : [3, 2];
      const stored = Array.from({ length: 6 }, (_, at) => {
        const [x, y] = [at % width!, Math.floor(at / width!)];
        const [left, top] = places[orientation]!(x, y, width! - 1, height! - 1);
        return upright[top * 2 + left]!;
      });
      const file = await sharp(Uint8Array.from(stored.flat()), {
        raw: { width: width!, height: height!, channels: 3 },
      })
        .png()
        .withMetadata({ orientation })
        .toBuffer();
      const { raster, exif } = await decodePicture(file, "turned.png");
      expect([raster.width, raster.height]).toEqual([2, 3]);
      expect([...raster.samples]).toEqual(upright.flat());
      expect(exif).not.toBeNull();
    },
  );
});

describe("colour profiles", () => {
  /** Colours in P3, which differ from sRGB's where they are not grey. */
  async function inP3(depth: 8 | 16): Promise<Uint8Array> {
    const p3 = (
      await sharp({
        create: { width: 1, height: 1, channels: 3, background: "red" },
      })
        .withIccProfile("p3")
        .png()
        .toBuffer()
        .then((png) => sharp(png).metadata())
    ).icc!;
    const top = depth === 16 ? 65_535 : 255;
    const colours = [0.6, 0.4, 0.4, 0.4, 0.6, 0.4, 0.5, 0.5, 0.5].map((value) =>
      Math.round(value * top),
    );
    const samples =
      depth === 16 ? Uint16Array.from(colours) : Uint8Array.from(colours);
    const raster = {
      width: 3,
      height: 1,
      channels: 3,
      samples,
    } as Raster<Uint8Array>;
    return withPngProfile(await encodePng(raster), p3);
  }

  test.each([8, 16] as const)("P3 with %i bits becomes sRGB", async (depth) => {
    const decoded = await decodePicture(await inP3(depth), "p3.png");
    const top = depth === 16 ? 65_535 : 255;
    const seen = [...decoded.raster.samples].map(
      (sample) => (sample / top) * 255,
    );
    // Display P3 to sRGB by hand: linear light by the sRGB curve, M(sRGB)⁻¹ · M(P3), and the curve again.
    const expected = [
      161.8, 99.1, 100.7, 85.1, 154.7, 96.5, 127.5, 127.5, 127.5,
    ];
    for (const [at, value] of expected.entries())
      expect(Math.abs(seen[at]! - value)).toBeLessThan(1.2);
    expect(decoded.depth).toBe(depth);
    expect(Buffer.from(decoded.profile!).toString("latin1", 36, 40)).toBe(
      "acsp",
    );
  });

  test("a file that says sRGB keeps its numbers", async () => {
    const raster = drawn(3, 8);
    const bytes = await encodePicture(raster, { format: "png", depth: 8 });
    const decoded = await decodePicture(bytes, "srgb.png");
    expect(decoded.profile).toBeNull();
    expect(decoded.raster).toEqual(raster);
  });

  test("a broken profile is overlooked", async () => {
    const raster = drawn(3, 8);
    const bytes = withPngProfile(
      await encodePng(raster),
      Buffer.from("not a profile".repeat(20)),
    );
    expect((await decodePicture(bytes, "odd.png")).raster).toEqual(raster);
  });
});

describe("kinds of files", () => {
  const source = () =>
    sharp(drawn(3, 8).samples, { raw: { width, height, channels: 3 } });

  test("AVIF, GIF and a palette PNG", async () => {
    const files = {
      heif: await source().avif({ lossless: true }).toBuffer(),
      gif: await source().gif().toBuffer(),
      png: await source().png({ palette: true, colours: 16 }).toBuffer(),
    };
    for (const [format, bytes] of Object.entries(files)) {
      const decoded = await decodePicture(bytes, format);
      expect(decoded.format).toBe(format);
      expect([decoded.raster.width, decoded.raster.height]).toEqual([
        width,
        height,
      ]);
      expect(decoded.raster.channels).toBeGreaterThanOrEqual(3);
    }
  });

  test("of an animation the first frame", async () => {
    const frames = Buffer.alloc(4 * 8 * 3);
    frames.fill(255, 0, 4 * 4 * 3);
    const gif = await sharp(frames, {
      raw: { width: 4, height: 8, channels: 3, pageHeight: 4 },
    })
      .gif({ delay: [100, 100] })
      .toBuffer();
    expect((await sharp(gif).metadata()).pages).toBe(2);
    const { raster } = await decodePicture(gif, "two.gif");
    expect([raster.width, raster.height]).toEqual([4, 4]);
    expect(raster.samples[0]).toBe(255);
  });

  test("CMYK becomes RGB", async () => {
    const cmyk = await sharp({
      create: {
        width: 8,
        height: 8,
        channels: 3,
        background: { r: 200, g: 60, b: 30 },
      },
    })
      .toColourspace("cmyk")
      .withIccProfile("cmyk")
      .tiff()
      .toBuffer();
    expect((await sharp(cmyk).metadata()).space).toBe("cmyk");
    const { raster, profile } = await decodePicture(cmyk, "print.tif");
    expect(raster.channels).toBe(3);
    expect(profile).toBeNull();
    for (const [at, value] of [200, 60, 30].entries())
      expect(Math.abs(raster.samples[at]! - value)).toBeLessThan(16);
  });

  test("the extension does not matter", async () => {
    const jpeg = await source().jpeg().toBuffer();
    expect((await decodePicture(jpeg, "wrong.png")).format).toBe("jpeg");
  });
});

describe("what is no good is named, with the reason", () => {
  const text = new TextEncoder();

  /** A PNG that says it is of some size, and nothing more. */
  async function declaring(width: number, height: number) {
    const png = Buffer.from(await encodePng(drawn(3, 8)));
    png.writeUInt32BE(width, 16);
    png.writeUInt32BE(height, 20);
    const { crc32 } = await import("node:zlib");
    png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
    return png;
  }

  test.each([
    ["an empty file", new Uint8Array(), "not-a-picture"],
    ["a text", text.encode("Dear diary, this is no picture."), "not-a-picture"],
    [
      "an SVG",
      text.encode(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
      ),
      "unsupported",
    ],
    ["a PDF", text.encode("%PDF-1.4\n%%EOF"), "not-a-picture"],
    ["a JPEG's start alone", Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), "damaged"],
    ["a PSD's start alone", text.encode("8BPS\0\u0001"), "damaged"],
  ])("%s", async (_, bytes, code) => {
    await expect(decodePicture(bytes, "holiday.png")).rejects.toMatchObject({
      code,
      subject: "holiday.png",
      message: expect.stringContaining("holiday.png"),
    });
  });

  test.each(["png", "jpeg", "webp", "tiff", "gif", "avif"] as const)(
    "half a %s",
    async (format) => {
      const noise = Uint8Array.from(
        { length: 96 * 96 * 3 },
        (_, at) => (at * 7919) % 251,
      );
      const whole = await sharp(noise, {
        raw: { width: 96, height: 96, channels: 3 },
      })
        .toFormat(format)
        .toBuffer();
      await expect(decodePicture(whole, "whole")).resolves.toBeDefined();
      await expect(
        decodePicture(whole.subarray(0, whole.length / 2), "half.bin"),
      ).rejects.toMatchObject({ code: "damaged", subject: "half.bin" });
    },
  );

  test("100,000 pixels a side are refused from the header", async () => {
    const before = process.memoryUsage.rss();
    await expect(
      decodePicture(await declaring(100_000, 100_000), "bomb.png"),
    ).rejects.toMatchObject({
      code: "too-large",
      message: "bomb.png is too large: 100000 × 100000 pixels",
    });
    expect(process.memoryUsage.rss() - before).toBeLessThan(2 ** 27);
  });

  test("no size at all", async () => {
    await expect(
      decodePicture(await declaring(0, 5), "flat.png"),
    ).rejects.toMatchObject({
      code: "damaged",
      subject: "flat.png",
    });
  });
});
