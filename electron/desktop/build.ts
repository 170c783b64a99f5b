import { cp } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";

const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Bundles the desktop app into a folder: `main.mjs`, `engine.mjs` and `psd-thread.mjs` beside the packages that they import, and
 * `preload.cjs`, which the sandbox lets import nothing but Electron.
 * @param folder `dist/desktop`, next to the built page
 */
export async function buildDesktop(folder: string): Promise<void> {
  const common = {
    absWorkingDir: root,
    outdir: folder,
    bundle: true,
    platform: "node",
    // Electron 45 carries Node 24.
    target: "node24",
    sourcemap: true,
    logLevel: "warning",
  } satisfies BuildOptions;
  await Promise.all([
    build({
      ...common,
      entryPoints: {
        main: "electron/desktop/main.ts",
        engine: "electron/studio/engine/entry.ts",
        "psd-thread": "electron/studio/import/psd-thread.ts",
      },
      format: "esm",
      packages: "external",
      outExtension: { ".js": ".mjs" },
    }),
    build({
      ...common,
      entryPoints: { preload: "electron/desktop/preload.ts" },
      format: "cjs",
      external: ["electron/renderer"],
      outExtension: { ".js": ".cjs" },
    }),
    // The library reads its migrations from beside itself.
    cp(`${root}/electron/studio/library/migrations`, `${folder}/migrations`, {
      recursive: true,
    }),
  ]);
}

if (import.meta.main) await buildDesktop(`${root}/dist/desktop`);
