import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";

const names = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
  "microsoft-edge-stable",
];

/**
 * A browser that can show the studio in a window of its own: Chromium, Chrome or Edge. `FUDE_CHROMIUM` names one and
 * goes before all others, even when it cannot be run: a person who sets it does not want another.
 * @returns its path, or null where there is none
 */
export async function findChromium(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): Promise<string | null> {
  const chosen = environment.FUDE_CHROMIUM;
  const candidates = chosen ? [chosen] : usualPlaces(environment, platform);
  for (const path of candidates) {
    if (await runs(path)) return path;
  }
  return null;
}

function usualPlaces(
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): string[] {
  if (platform === "darwin") {
    return ["Chromium", "Google Chrome", "Microsoft Edge"].flatMap((name) =>
      ["/Applications", join(environment.HOME ?? "/", "Applications")].map(
        (folder) => `${folder}/${name}.app/Contents/MacOS/${name}`,
      ),
    );
  }
  if (platform === "win32") {
    return ["LOCALAPPDATA", "PROGRAMFILES", "PROGRAMFILES(X86)"]
      .flatMap((variable) => environment[variable] ?? [])
      .flatMap((folder) => [
        join(folder, "Chromium", "Application", "chrome.exe"),
        join(folder, "Google", "Chrome", "Application", "chrome.exe"),
        join(folder, "Microsoft", "Edge", "Application", "msedge.exe"),
      ]);
  }
  const folders = (environment.PATH ?? "").split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

async function runs(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
