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
const trashedSchema = headerSchema.extend({ trashedAt: z.int() });
export type TrashedProject = z.infer<typeof trashedSchema>;
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

  /** All projects that are not in the trash, the one changed last first. */
  list(): ProjectHeader[] {
    return this.#connection.all(
      headerSchema,
      `select ${headerColumns} from projects where trashed_at is null order by updated_at desc, rowid desc`,
    );
  }

  /** What is in the trash, the latest first. */
  listTrash(): TrashedProject[] {
    return this.#connection.all(
      trashedSchema,
      `select ${headerColumns}, trashed_at as trashedAt from projects
       where trashed_at is not null order by trashed_at desc, id`,
    );
  }

  /** Puts a project into the trash or takes it out; it stays whole. @throws Failure `not-found` */
  setTrashed(id: string, at: number | null): void {
    // Two may go within a millisecond, and still one of them went last. (`max` with null is null.)
    const sql = `update projects set trashed_at =
      max(?, coalesce((select max(trashed_at) + 1 from projects), 0)) where id = ?`;
    if (this.#connection.run(sql, at, id) === 0) throw missing(id);
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
