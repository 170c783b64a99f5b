import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";

/** Random numbers that are the same in every run (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A drawing: ink strokes on paper, other ones for every seed. */
export async function drawing(seed: number, side = 96): Promise<Buffer> {
  const random = randomFrom(seed);
  const at = () => (random() * side).toFixed(1);
  const strokes = Array.from(
    { length: 25 },
    () =>
      `<path d="M${at()} ${at()} Q${at()} ${at()} ${at()} ${at()}" fill="none" stroke="#123" stroke-width="${(1 + random() * 4).toFixed(1)}"/>`,
  );
  return sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"><rect width="100%" height="100%" fill="#f3e9d2"/>${strokes.join("")}</svg>`,
    ),
  )
    .png()
    .toBuffer();
}

/** A scene: sky, a hill and a sun. */
export async function scene(width: number, height: number): Promise<Buffer> {
  return sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 100 100" preserveAspectRatio="none">
        <linearGradient id="g" x2="0" y2="1"><stop stop-color="#38c"/><stop offset="1" stop-color="#fea"/></linearGradient>
        <rect width="100" height="100" fill="url(#g)"/><circle cx="70" cy="30" r="12" fill="#fc3"/>
        <path d="M0 70 Q30 40 60 70 T100 60 V100 H0z" fill="#263"/></svg>`,
    ),
  )
    .png()
    .toBuffer();
}

/** Writes `count` drawings into a folder. */
export async function drawFolder(folder: string, count: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let index = 0; index < count; index += 1)
    await writeFile(
      join(folder, `drawing-${index}.png`),
      await drawing(index + 1),
    );
}
