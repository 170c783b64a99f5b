import { decode } from "@msgpack/msgpack";
import type { Locator, Page } from "playwright-core";

/** The pad and the sliders of a styled layer, as a hand finds them. */
export interface StyleDials {
  readonly puck: Locator;
  /** What the puck tells a screen reader: the styles with their shares. */
  shares(): Promise<string | null>;
  /** Chooses a style for a corner of the pad by its thumbnail. */
  choose(corner: number, style: string): Promise<void>;
  /** Takes what is at a corner out of the mix. */
  clear(corner: number): Promise<void>;
  /** A point of the pad in the window, 0 to 1 along both sides. */
  padPoint(x: number, y: number): Promise<[number, number]>;
  /** Presses the middle of the pad and moves to a point of it; the button stays down. */
  holdPad(x: number, y: number): Promise<void>;
  /** Presses a slider's thumb and moves it along; the button stays down. */
  holdSlider(label: string, by: number): Promise<void>;
}

export function styleDials(page: Page): StyleDials {
  const pad = page.getByTestId("style-pad");
  const corner = (index: number) => page.getByTestId(`pad-corner-${index}`);
  const puck = page.getByRole("slider", { name: "Mix of styles" });
  const padPoint = async (x: number, y: number): Promise<[number, number]> => {
    const box = await pad.boundingBox();
    if (!box) throw new Error("There is no pad.");
    return [box.x + x * box.width, box.y + y * box.height];
  };
  return {
    puck,
    shares: () => puck.getAttribute("aria-valuetext"),
    async choose(index, style) {
      await corner(index).click();
      await page
        .getByRole("dialog", { name: "Choose a style" })
        .getByRole("button", { name: style, exact: true })
        .click();
    },
    async clear(index) {
      await corner(index).click();
      await page.getByRole("button", { name: "Take out of the mix" }).click();
    },
    padPoint,
    async holdPad(x, y) {
      await page.mouse.move(...(await padPoint(0.5, 0.5)));
      await page.mouse.down();
      await page.mouse.move(...(await padPoint(x, y)), { steps: 6 });
    },
    async holdSlider(label, by) {
      const thumb = page.getByRole("slider", { name: label });
      const box = await thumb.boundingBox();
      if (!box) throw new Error(`There is no slider ${label}.`);
      const y = box.y + box.height / 2;
      await page.mouse.move(box.x + box.width / 2, y);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width / 2 + by, y, { steps: 6 });
    },
  };
}

/** What the page asked the engine to preview, and how each was answered. */
export interface Previews {
  /** Resolves when the page has asked for one more than it had. */
  nextAsked(): Promise<void>;
  /** Resolves with how the next that is answered went. */
  nextAnswered(): Promise<"painted" | "cancelled" | "failed">;
}

/** Listens in on the page's line to the studio from its next load on. */
export function overhearPreviews(page: Page): Previews {
  const asked = new Set<unknown>();
  const onAsked = new Set<() => void>();
  const onAnswered = new Set<
    (how: "painted" | "cancelled" | "failed") => void
  >();
  const told = <Listener>(listeners: Set<Listener>) => {
    const all = [...listeners];
    listeners.clear();
    return all;
  };
  page.on("websocket", (line) => {
    line.on("framesent", ({ payload }) => {
      const { id, call } = decode(payload as Buffer) as {
        id: unknown;
        call: string;
      };
      if (call !== "previewStyle") return;
      asked.add(id);
      for (const tell of told(onAsked)) tell();
    });
    line.on("framereceived", ({ payload }) => {
      const { id, failure } = decode(payload as Buffer) as {
        id?: unknown;
        failure?: { code: string };
      };
      if (!asked.delete(id)) return;
      const how =
        failure === undefined
          ? "painted"
          : failure.code === "cancelled"
            ? "cancelled"
            : "failed";
      for (const tell of told(onAnswered)) tell(how);
    });
  });
  return {
    nextAsked: () => new Promise((resolve) => onAsked.add(resolve)),
    nextAnswered: () => new Promise((resolve) => onAnswered.add(resolve)),
  };
}
