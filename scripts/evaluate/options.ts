import { parseArgs } from "node:util";
import { Failure } from "../../common/failure.ts";

/** What can be evaluated; "pictures" is what is meant where nothing is said. */
const commands = ["pictures", "perceptual", "evaluators", "split"] as const;

export interface EvaluateOptions {
  readonly command: (typeof commands)[number];
  /** What follows the command: for "split" a folder of drawings and one to make. */
  readonly folders: readonly string[];
  /** Names or weights files; each with the folder of drawings at its place in `drawings`, where there are any. */
  readonly styles: readonly string[];
  readonly drawings: readonly string[];
  readonly peers: readonly string[];
  /** Seconds that a peer may take for one picture. */
  readonly peerSeconds: number;
  readonly data: string;
  readonly photos: string | null;
  /** Folder of the library that trained styles are looked up in, or null for the usual one. */
  readonly library: string | null;
  /** Most pairs of the base model's evaluation, and photographs for each style. */
  readonly pairs: number;
  readonly photosPerStyle: number;
  /** Short side in pixels to which pictures are reduced. */
  readonly side: number;
  readonly out: string | null;
}

/** @throws Failure "invalid" that names what is wrong */
export function readOptions(args: readonly string[]): EvaluateOptions {
  const { values, positionals } = parse(args);
  const [word = "pictures", ...folders] = positionals;
  const command = commands.find((known) => known === word);
  if (
    command === undefined ||
    folders.length !== (command === "split" ? 2 : 0)
  ) {
    throw usage(`There is nothing to do for “${positionals.join(" ")}”.`);
  }
  const { style: styles, drawings, peer: peers } = values;
  if (
    styles.length > 0 &&
    drawings.length > 0 &&
    styles.length !== drawings.length
  ) {
    throw usage(
      `${styles.length} styles and ${drawings.length} folders of drawings are no pairs.`,
    );
  }
  return {
    command,
    folders,
    styles,
    drawings,
    peers,
    peerSeconds: number(values["peer-seconds"], "peer-seconds", 1),
    data: values.data,
    photos: values.photos ?? null,
    library: values.library ?? null,
    pairs: number(values.pairs, "pairs", 1),
    photosPerStyle: number(values["photos-per-style"], "photos-per-style", 1),
    side: number(values.side, "side", 64),
    out: values.out ?? null,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        style: { type: "string", multiple: true, default: [] },
        drawings: { type: "string", multiple: true, default: [] },
        peer: { type: "string", multiple: true, default: [] },
        "peer-seconds": { type: "string", default: "60" },
        data: { type: "string", default: "../shared/data" },
        photos: { type: "string" },
        library: { type: "string" },
        pairs: { type: "string", default: "60" },
        "photos-per-style": { type: "string", default: "12" },
        side: { type: "string", default: "384" },
        out: { type: "string" },
      },
    });
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error));
  }
}

function number(text: string, name: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) {
    throw usage(`--${name} takes a whole number from ${least}, not “${text}”.`);
  }
  return value;
}

function usage(message: string): Failure {
  return new Failure("invalid", message, {
    hint: "docs/models/evaluation.md says what “npm run evaluate” takes.",
  });
}
