import type { Locator, Page } from "playwright-core";
import { fileTransfer, type NamedFile } from "./file-transfer.ts";

/** Files from another program, held over the window by the pointer. */
export interface HeldFiles {
  readonly preview: Locator;
  /** Moves over a part of the page, by default over its middle. */
  over(part: Locator, share?: { x: number; y: number }): Promise<void>;
  /** Lets go of them where they are. */
  drop(): Promise<void>;
}

export async function holdFiles(
  page: Page,
  files: readonly NamedFile[],
): Promise<HeldFiles> {
  const transfer = await fileTransfer(page, files);
  let held: { part: Locator; clientX: number; clientY: number } | null = null;
  const tell = async (type: string) => {
    if (!held) throw new Error("The files are not over anything yet.");
    const { part, clientX, clientY } = held;
    await part.dispatchEvent(type, {
      dataTransfer: transfer,
      clientX,
      clientY,
    });
  };
  return {
    preview: page.getByTestId("drop-preview"),
    async over(part, share = { x: 0.5, y: 0.5 }) {
      const box = await part.boundingBox();
      if (!box) throw new Error("There is nothing to hold the files over.");
      held = {
        part,
        clientX: box.x + box.width * share.x,
        clientY: box.y + box.height * share.y,
      };
      await tell("dragover");
    },
    drop: () => tell("drop"),
  };
}
