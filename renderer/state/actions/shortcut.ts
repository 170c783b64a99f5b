/** A key with the modifiers that go with it. `mod` is Control, or Command on a Mac. */
interface Shortcut {
  readonly key: string;
  readonly mod: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
}

/** The part of a keyboard event that matters. */
export interface KeyPress {
  readonly key: string;
  /** The key by its place on the keyboard. */
  readonly code?: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** Reads "Mod+Shift+Z"; keys are named as `KeyboardEvent.key` names them, the space bar "Space". */
function parse(text: string): Shortcut {
  const parts = text.split("+");
  // "Mod++" ends in the plus key itself.
  const key = text.endsWith("+") ? "+" : (parts.at(-1) ?? "");
  return {
    key: key === "Space" ? " " : key.toLowerCase(),
    mod: parts.includes("Mod"),
    shift: parts.includes("Shift"),
    alt: parts.includes("Alt"),
  };
}

/** Signs for which shift is part of how a keyboard makes them: "?" is shift and "/" on one, a plain key on another. */
const isSign = (key: string) =>
  key.length === 1 &&
  key !== " " &&
  key.toLowerCase() === key.toUpperCase() &&
  !/\d/.test(key);

export function matches(text: string, press: KeyPress, mac: boolean): boolean {
  const shortcut = parse(text);
  const mod = mac ? press.metaKey : press.ctrlKey;
  const other = mac ? press.ctrlKey : press.metaKey;
  return (
    keyOf(press, mac) === shortcut.key &&
    mod === shortcut.mod &&
    !other &&
    press.altKey === shortcut.alt &&
    (isSign(shortcut.key) || press.shiftKey === shortcut.shift)
  );
}

/** On a Mac, Option makes other characters of most keys; what is meant is the key. */
function keyOf({ key, code, altKey }: KeyPress, mac: boolean): string {
  const plain =
    mac && altKey && code !== undefined
      ? (/^(?:Key|Digit)(.)$/.exec(code)?.[1] ?? signKeys[code])
      : undefined;
  return (plain ?? key).toLowerCase();
}

const signKeys: Record<string, string> = {
  BracketLeft: "[",
  BracketRight: "]",
  Comma: ",",
};

/** The keys that two shortcuts must not share, written one way. */
export function canonical(text: string): string {
  const { key, mod, shift, alt } = parse(text);
  return [mod && "mod", alt && "alt", shift && !isSign(key) && "shift", key]
    .filter(Boolean)
    .join("+");
}

const signs: Record<string, string> = {
  Delete: "Del",
  Backspace: "⌫",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
};

/** The key caps that a person presses: ["Ctrl", "Shift", "Z"], or ["⌘", "⇧", "Z"] on a Mac. */
export function keyCaps(text: string, mac: boolean): string[] {
  const { mod, shift, alt } = parse(text);
  const key = text.endsWith("+") ? "+" : (text.split("+").at(-1) ?? "");
  return [
    mod ? (mac ? "⌘" : "Ctrl") : "",
    alt ? (mac ? "⌥" : "Alt") : "",
    shift ? (mac ? "⇧" : "Shift") : "",
    signs[key] ?? key,
  ].filter((cap) => cap !== "");
}
