import { z } from "zod";
import { type Style, styleOrigins } from "../../../common/contract/studio.ts";
import {
  type AssetHash,
  assetHashSchema,
} from "../../../common/document/document.ts";
import { Failure } from "../../../common/failure.ts";
import { type Connection, json } from "./connection.ts";

/** A model in the library; its weights lie in the folder `models/<id>/`. */
export interface Model {
  id: string;
  name: string;
  recipe: string;
  /** What `model.json` says. */
  card: Record<string, unknown>;
  origin: Style["origin"];
  thumbnail: AssetHash | null;
  createdAt: number;
}

const modelSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  recipe: z.string(),
  card: json(z.record(z.string(), z.unknown())),
  origin: z.enum(styleOrigins),
  thumbnail: assetHashSchema.nullable(),
  createdAt: z.int(),
});
const columns =
  "id, name, recipe, card, origin, thumbnail, created_at as createdAt";

export class ModelTable {
  readonly #connection: Connection;
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Adds a model, or brings the one of this id up to date. */
  put(model: Model): void {
    this.#connection.run(
      `insert into models (id, name, recipe, card, origin, thumbnail, created_at) values (?, ?, ?, ?, ?, ?, ?)
       on conflict (id) do update set name = excluded.name, recipe = excluded.recipe, card = excluded.card,
         origin = excluded.origin, thumbnail = excluded.thumbnail`,
      model.id,
      model.name,
      model.recipe,
      JSON.stringify(model.card),
      model.origin,
      model.thumbnail,
      model.createdAt,
    );
  }

  find(id: string): Model | undefined {
    return this.#connection.get(
      modelSchema,
      `select ${columns} from models where id = ?`,
      id,
    );
  }

  /** @throws Failure `not-found` */
  get(id: string): Model {
    const model = this.find(id);
    if (!model) throw missing(id);
    return model;
  }

  /** All models, the newest first. */
  list(): Model[] {
    return this.#connection.all(
      modelSchema,
      `select ${columns} from models order by created_at desc, id`,
    );
  }

  /** Removes a model and its presets. @throws Failure `not-found` */
  delete(id: string): void {
    if (this.#connection.run("delete from models where id = ?", id) === 0)
      throw missing(id);
  }
}

function missing(id: string): Failure {
  return new Failure("not-found", `There is no style ${id}`, { subject: id });
}
