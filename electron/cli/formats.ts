import { extname } from "node:path";
import type { exportFormats } from "../../common/contract/studio.ts";
import { UsageFailure } from "./usage-failure.ts";

export type ExportFormat = (typeof exportFormats)[number];

const byExtension: Readonly<Record<string, ExportFormat>> = {
  ".png": "png",
  ".jpg": "jpeg",
  ".jpeg": "jpeg",
  ".webp": "webp",
  ".tif": "tiff",
  ".tiff": "tiff",
  ".psd": "psd",
  ".fude": "fude",
};

const spoken = ".png, .jpg, .webp, .tif, .psd and .fude";

/** The format that a file's name asks for, or null. */
export function formatOfName(path: string): ExportFormat | null {
  return byExtension[extname(path).toLowerCase()] ?? null;
}

/** @throws UsageFailure */
export function formatOf(path: string): ExportFormat {
  const format = formatOfName(path);
  if (format === null)
    throw new UsageFailure(
      `Fude cannot write ${path}.`,
      `It writes ${spoken}.`,
    );
  return format;
}

/** What `--format` says, with or without a dot. @throws UsageFailure */
export function extensionFor(word: string): string {
  const extension = `.${word.replace(/^\./, "").toLowerCase()}`;
  if (byExtension[extension] === undefined)
    throw new UsageFailure(
      `Fude cannot write ${word} files.`,
      `It writes ${spoken}.`,
    );
  return extension;
}
