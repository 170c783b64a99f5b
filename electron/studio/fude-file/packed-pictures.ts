import { createHash } from "node:crypto";
import type { AssetHash } from "../../../common/document/document.ts";
import { Failure } from "../../../common/failure.ts";
import { isRgbProfile, meansSrgb } from "../assets/colour-profile.ts";
import { decodePicture } from "../assets/decode.ts";
import type { Context } from "../context.ts";
import { assetEntry, type Manifest, profileEntry } from "./manifest.ts";
import { type Archive, damagedFile } from "./open-archive.ts";

/** Bytes of the parts of a `.fude` file. */
const mostPicture = 2 ** 30;
const mostProfile = 2 ** 24;

/** A full disk is no fault of the file's. */
export function isAboutThisMachine(error: unknown): boolean {
  const { code } = Failure.from(error);
  return code === "disk-full" || code === "unreadable";
}

/** The pictures of a `.fude` file, taken over one by one and each once. */
export class PackedPictures {
  readonly #context: Context;
  readonly #archive: Archive;
  readonly #manifest: Manifest;
  readonly #file: string;
  readonly #taken = new Set<AssetHash>();

  constructor(
    context: Context,
    archive: Archive,
    manifest: Manifest,
    file: string,
  ) {
    this.#context = context;
    this.#archive = archive;
    this.#manifest = manifest;
    this.#file = file;
  }

  /** Whether the picture could be taken over. */
  async has(hash: AssetHash): Promise<boolean> {
    try {
      await this.take(hash);
      return true;
    } catch (error) {
      if (isAboutThisMachine(error)) throw error;
      return false;
    }
  }

  /** @throws Failure where it is not there, not what its hash says, or no PNG as Fude stores them */
  async take(hash: AssetHash): Promise<void> {
    if (this.#taken.has(hash)) return;
    const { assets, library } = this.#context;
    const entry = assetEntry(hash);
    const bytes = await this.#archive.read(entry, mostPicture);
    if (sha256(bytes) !== hash)
      throw damagedFile(this.#file, `${entry} is not the picture it should be`);
    const { raster, format, depth, alpha, profile } = await decodePicture(
      bytes,
      `${entry} in ${this.#file}`,
    );
    if (format !== "png" || profile !== null)
      throw damagedFile(this.#file, `${entry} is not as Fude stores pictures`);
    await assets.put(bytes);
    library.assets.insert({
      hash,
      width: raster.width,
      height: raster.height,
      depth,
      alpha,
      bytes: bytes.length,
      profile: await this.#profileOf(hash),
      createdAt: Date.now(),
    });
    this.#taken.add(hash);
  }

  async #profileOf(hash: AssetHash): Promise<AssetHash | null> {
    const profile = this.#manifest.profiles[hash];
    if (profile === undefined) return null;
    const entry = profileEntry(profile);
    const bytes = await this.#archive.read(entry, mostProfile);
    if (sha256(bytes) !== profile)
      throw damagedFile(this.#file, `${entry} is not the profile it should be`);
    // As of pictures from elsewhere: one that means sRGB, or nothing, is not kept.
    if (!isRgbProfile(bytes) || (await meansSrgb(bytes))) return null;
    return this.#context.assets.put(bytes, "icc");
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
