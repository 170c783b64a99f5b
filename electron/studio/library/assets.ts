import { z } from "zod";
import {
  type AssetHash,
  assetHashSchema,
} from "../../../common/document/document.ts";
import { Failure } from "../../../common/failure.ts";
import { type Connection, flag } from "./connection.ts";

/** What is known of a picture in the asset store. */
export interface AssetRecord {
  hash: AssetHash;
  width: number;
  height: number;
  depth: 8 | 16;
  alpha: boolean;
  /** Size of the file. */
  bytes: number;
  /** The colour profile that the picture came with, in the asset store; null for sRGB. */
  profile: AssetHash | null;
  createdAt: number;
}

const assetSchema = z.strictObject({
  hash: assetHashSchema,
  width: z.int(),
  height: z.int(),
  depth: z.union([z.literal(8), z.literal(16)]),
  alpha: flag,
  bytes: z.int(),
  profile: assetHashSchema.nullable(),
  createdAt: z.int(),
});

export class AssetTable {
  readonly #connection: Connection;
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Remembers an asset; one that is known already stays as it is. */
  insert(asset: AssetRecord): void {
    this.#connection.run(
      `insert into assets (hash, width, height, depth, alpha, bytes, profile, created_at)
       values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
      asset.hash,
      asset.width,
      asset.height,
      asset.depth,
      asset.alpha ? 1 : 0,
      asset.bytes,
      asset.profile,
      asset.createdAt,
    );
  }

  find(hash: AssetHash): AssetRecord | undefined {
    return this.#connection.get(
      assetSchema,
      `select hash, width, height, depth, alpha, bytes, profile, created_at as createdAt from assets where hash = ?`,
      hash,
    );
  }

  /** @throws Failure `not-found` */
  get(hash: AssetHash): AssetRecord {
    const asset = this.find(hash);
    if (!asset)
      throw new Failure("not-found", `There is no picture ${hash}`, {
        subject: hash,
      });
    return asset;
  }
}
