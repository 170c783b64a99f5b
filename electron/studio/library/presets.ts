import { z } from "zod";
import {
  type AssetHash,
  assetHashSchema,
} from "../../../common/document/document.ts";
import { Failure } from "../../../common/failure.ts";
import { type Connection, json } from "./connection.ts";

/** A named style: a model with parameters. */
export interface Preset {
  id: string;
  name: string;
  modelId: string;
  parameters: PresetParameters;
  thumbnail: AssetHash | null;
  tags: string[];
  /** Where the style comes from, for people. */
  source: string;
  licence: string;
}

const parametersSchema = z.strictObject({
  brushSize: z.number().min(0.25).max(4),
  strength: z.number().min(0).max(1),
  colourKeeping: z.number().min(0).max(1),
});
export type PresetParameters = z.infer<typeof parametersSchema>;

const presetSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  modelId: z.string(),
  parameters: json(parametersSchema),
  thumbnail: assetHashSchema.nullable(),
  tags: json(z.array(z.string())),
  source: z.string(),
  licence: z.string(),
});
const columns =
  "id, name, model_id as modelId, parameters, thumbnail, tags, source, licence";

export class PresetTable {
  readonly #connection: Connection;
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Adds a preset, or brings the one of this id up to date. */
  put(preset: Preset): void {
    this.#connection.run(
      `insert into presets (id, name, model_id, parameters, thumbnail, tags, source, licence)
       values (?, ?, ?, ?, ?, ?, ?, ?)
       on conflict (id) do update set name = excluded.name, model_id = excluded.model_id,
         parameters = excluded.parameters, thumbnail = excluded.thumbnail, tags = excluded.tags,
         source = excluded.source, licence = excluded.licence`,
      preset.id,
      preset.name,
      preset.modelId,
      JSON.stringify(preset.parameters),
      preset.thumbnail,
      JSON.stringify(preset.tags),
      preset.source,
      preset.licence,
    );
  }

  /** @throws Failure `not-found` */
  get(id: string): Preset {
    const preset = this.#connection.get(
      presetSchema,
      `select ${columns} from presets where id = ?`,
      id,
    );
    if (!preset) throw missing(id);
    return preset;
  }

  /** All presets by name. */
  list(): Preset[] {
    return this.#connection.all(
      presetSchema,
      `select ${columns} from presets order by name, id`,
    );
  }

  /** @throws Failure `not-found` */
  delete(id: string): void {
    if (this.#connection.run("delete from presets where id = ?", id) === 0)
      throw missing(id);
  }
}

function missing(id: string): Failure {
  return new Failure("not-found", `There is no preset ${id}`, { subject: id });
}
