import sharp, { type OverlayOptions } from "sharp";
import type { Raster } from "../../common/raster.ts";
import { baselineNames } from "./candidates.ts";
import type { Painted } from "./trial.ts";

/** A photograph, the style it was to get, and what came of it. */
export interface SheetRow {
  readonly photo: Raster;
  readonly style: Raster;
  readonly results: readonly {
    readonly candidate: string;
    readonly result: Raster;
  }[];
}

const cell = { width: 384, height: 288 };
const gap = 6;
const heading = 28;

/** A row of what a contact sheet shows. */
export function sheetRow(
  photo: Raster,
  style: Raster,
  painted: readonly Painted[],
): SheetRow {
  const results = painted
    .filter(({ judged }) => !baselineNames.includes(judged.candidate))
    .map(({ judged: { candidate }, result }) => ({ candidate, result }));
  return { photo, style, results };
}

/** Rows of photographs, columns original | style | one for each candidate, as PNG. */
export async function contactSheet(rows: readonly SheetRow[]): Promise<Buffer> {
  const names = [
    "original",
    "style",
    ...rows[0]!.results.map(({ candidate }) => candidate),
  ];
  const left = (column: number) => gap + column * (cell.width + gap);
  const top = (row: number) => heading + row * (cell.height + gap);
  const parts: OverlayOptions[] = names.map((name, column) => ({
    input: Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${cell.width}" height="${heading}"><text x="2" y="19" font-family="sans-serif" font-size="15" fill="#222">${escaped(name)}</text></svg>`,
    ),
    left: left(column),
    top: 0,
  }));
  for (const [y, { photo, style, results }] of rows.entries()) {
    const pictures = [photo, style, ...results.map(({ result }) => result)];
    for (const [x, picture] of pictures.entries()) {
      parts.push({ input: await inCell(picture), left: left(x), top: top(y) });
    }
  }
  return sharp({
    create: {
      width: left(names.length),
      height: top(rows.length),
      channels: 3,
      background: "white",
    },
  })
    .composite(parts)
    .png()
    .toBuffer();
}

function inCell({ width, height, samples }: Raster): Promise<Buffer> {
  return sharp(samples, { raw: { width, height, channels: 3 } })
    .resize(cell.width, cell.height, { fit: "contain", background: "white" })
    .png({ compressionLevel: 1 })
    .toBuffer();
}

function escaped(text: string): string {
  return text.replace(/[<>&]/g, (c) => `&#${c.charCodeAt(0)};`);
}
