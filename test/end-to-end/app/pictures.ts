import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";

/** A landscape that the tests draw themselves: sky, sun, hills; smooth parts and edges, warm and cold colours. */
export async function landscape(width = 320, height = 240): Promise<Buffer> {
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 320 240">
    <defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="#2a6fb0"/><stop offset="1" stop-color="#f2d8a7"/>
    </linearGradient></defs>
    <rect width="320" height="240" fill="url(#sky)"/>
    <circle cx="230" cy="80" r="34" fill="#f08030"/>
    <path d="M0 170 Q80 110 160 165 T320 150 V240 H0 Z" fill="#2f5d3a"/>
    <path d="M0 205 Q110 160 220 205 T320 200 V240 H0 Z" fill="#173a24"/>
  </svg>`;
  return sharp(Buffer.from(picture)).png().toBuffer();
}

/** Cold swirls: far from the landscape's own look. */
export async function night(): Promise<Buffer> {
  const arcs = Array.from(
    { length: 90 },
    (_, i) =>
      `<circle cx="${(i * 83) % 400}" cy="${(i * 47) % 300}" r="${12 + ((i * 7) % 40)}" fill="none" stroke="${i % 3 === 0 ? "#f4e07a" : i % 3 === 1 ? "#5a8fd6" : "#16265e"}" stroke-width="${3 + (i % 5)}"/>`,
  );
  return sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"><rect width="400" height="300" fill="#0e1a44"/>${arcs.join("")}</svg>`,
    ),
  )
    .png()
    .toBuffer();
}

/** Writes some ink drawings: dark hatching on paper, each of its own angle and density. */
export async function inkDrawings(
  folder: string,
  count: number,
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const lines = Array.from({ length: 60 + 10 * index }, (_line, at) => {
        const offset = (at * 640) / (60 + 10 * index) - 160;
        return `<line x1="${offset}" y1="0" x2="${offset + 40 * (index - 2)}" y2="256"/>`;
      });
      const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256">
        <rect width="256" height="256" fill="#f4ecd8"/>
        <g stroke="#1a1410" stroke-width="${1 + (index % 3)}">${lines.join("")}</g>
        <circle cx="${80 + 20 * index}" cy="128" r="${30 + 4 * index}" fill="none" stroke="#1a1410" stroke-width="5"/>
      </svg>`;
      const path = join(folder, `drawing-${index + 1}.png`);
      await writeFile(path, await sharp(Buffer.from(drawing)).png().toBuffer());
      return path;
    }),
  );
}

/** Mean absolute difference of two pictures' pixels, 0 to 255; pictures of different sizes are made the size of the first. */
export async function difference(
  a: Uint8Array,
  b: Uint8Array,
): Promise<number> {
  const first = await sharp(a).removeAlpha().raw().toBuffer({
    resolveWithObject: true,
  });
  const { width, height } = first.info;
  const second = await sharp(b)
    .removeAlpha()
    .resize(width, height, { fit: "fill" })
    .raw()
    .toBuffer();
  let sum = 0;
  for (let index = 0; index < second.length; index++) {
    sum += Math.abs((first.data[index] ?? 0) - (second[index] ?? 0));
  }
  return sum / second.length;
}

/** The landscape's colours vary; an empty canvas's do not. */
export async function isColourful(picture: Uint8Array): Promise<boolean> {
  const { channels } = await sharp(picture).removeAlpha().stats();
  return channels.some(({ stdev }) => stdev > 25);
}

/** A file as a file dialog or a drop hands it over. */
export function pngFile(name: string, buffer: Buffer) {
  return { name, mimeType: "image/png", buffer };
}
