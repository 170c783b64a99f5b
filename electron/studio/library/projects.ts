import { z } from "zod";
import {
  type AssetHash,
  assetHashSchema,
  type Document,
} from "../../../common/document/document.ts";
import { parseDocument } from "../../../common/document/migrations.ts";
import { Failure } from "../../../common/failure.ts";
import { type Connection, json } from "./connection.ts";

/** A project without its document. */
export interface ProjectHeader {
  id: string;
  name: string;
  /** Grows by one with every change. */
  revision: number;
  /** Ids of the last step on the history's line and of the last applied one: `tipOf` and `currentOf`. */
  tip: number;
  current: number;
  thumbnail: AssetHash | null;
  createdAt: number;
  updatedAt: number;
}
export interface Project extends ProjectHeader {
  document: Document;
}

const header = {
  id: z.string(),
  name: z.string(),
  revision: z.int(),
  tip: z.int(),
  current: z.int(),
  thumbnail: assetHashSchema.nullable(),
  createdAt: z.int(),
  updatedAt: z.int(),
};
const headerSchema = z.strictObject(header);
const projectSchema = z.strictObject({
  ...header,
  document: json(z.unknown()),
});
const headerColumns = `id, name, revision, tip, current, thumbnail,
  created_at as createdAt, updated_at as updatedAt`;

export class ProjectTable {
  readonly #connection: Connection;
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  insert(project: Project): void {
    this.#connection.run(
      `insert into projects (id, name, document, revision, tip, current, thumbnail, created_at, updated_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      project.id,
      project.name,
      JSON.stringify(project.document),
      project.revision,
      project.tip,
      project.current,
      project.thumbnail,
      project.createdAt,
      project.updatedAt,
    );
  }

  /** Writes all of a project that can change. @throws Failure `not-found` */
  update(project: Project): void {
    const changes = this.#connection.run(
      `update projects set name = ?, document = ?, revision = ?, tip = ?, current = ?, thumbnail = ?, updated_at = ? where id = ?`,
      project.name,
      JSON.stringify(project.document),
      project.revision,
      project.tip,
      project.current,
      project.thumbnail,
      project.updatedAt,
      project.id,
    );
    if (changes === 0) throw missing(project.id);
  }

  /** @throws Failure `not-found`, or `damaged` or `unsupported` where the document cannot be read */
  get(id: string): Project {
    const project = this.#connection.get(
      projectSchema,
      `select ${headerColumns}, document from projects where id = ?`,
      id,
    );
    if (!project) throw missing(id);
    return { ...project, document: parseDocument(project.document) };
  }

  /** All projects, the one changed last first. */
  list(): ProjectHeader[] {
    return this.#connection.all(
      headerSchema,
      `select ${headerColumns} from projects order by updated_at desc, id`,
    );
  }

  /** Removes a project with its history. @throws Failure `not-found` */
  delete(id: string): void {
    if (this.#connection.run("delete from projects where id = ?", id) === 0)
      throw missing(id);
  }
}

function missing(id: string): Failure {
  return new Failure("not-found", `There is no project ${id}`, { subject: id });
}
