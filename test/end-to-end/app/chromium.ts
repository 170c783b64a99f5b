import { type Browser, chromium } from "playwright-core";
import { findChromium } from "../../../electron/browser/find-chromium.ts";

/** Path of the Chromium that tests run in, or null; where there is none, suites skip and say so. */
export const chromiumPath = await findChromium();
if (chromiumPath === null) {
  console.warn(
    "skipped: no Chromium, Chrome or Edge is here; FUDE_CHROMIUM can name one.",
  );
}

/** A real Chromium without a window, whose colours are plain sRGB and which calls nobody. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath ?? "chromium",
    args: [
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-dev-shm-usage",
      "--force-color-profile=srgb",
      "--force-prefers-reduced-motion",
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    ],
  });
}
