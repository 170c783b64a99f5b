import { z } from "zod";
import { failureSchema } from "../../../common/contract/engine.ts";
import { jobSchema, jobStates } from "../../../common/contract/studio.ts";
import { Failure } from "../../../common/failure.ts";
import { type Connection, json } from "./connection.ts";

const shape = {
  id: z.string(),
  kind: jobSchema.shape.kind,
  title: z.string(),
  state: z.enum(jobStates),
  /** Higher goes first. */
  priority: z.int(),
  /** What the job was asked to do; the queue knows its shape by `kind`. */
  payload: z.unknown(),
  progress: z.number().nullable(),
  failure: failureSchema.nullable(),
  projectId: z.string().nullable(),
  layerId: z.string().nullable(),
  modelId: z.string().nullable(),
  training: jobSchema.shape.training,
  /** File name of the last checkpoint. */
  checkpoint: z.string().nullable(),
  /** How often the job was started. */
  attempts: z.int(),
  createdAt: z.int(),
  updatedAt: z.int(),
};
const recordSchema = z.strictObject(shape);
/** A job as it survives a restart. */
export type JobRecord = z.infer<typeof recordSchema>;

const rowSchema = z.strictObject({
  ...shape,
  payload: json(z.unknown()),
  failure: z.union([z.null(), json(failureSchema)]),
  training: z.union([z.null(), json(jobSchema.shape.training)]),
});
const columns = `id, kind, title, state, priority, payload, progress, failure, project_id as projectId,
  layer_id as layerId, model_id as modelId, training, checkpoint, attempts, created_at as createdAt,
  updated_at as updatedAt`;

export class JobTable {
  readonly #connection: Connection;
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Adds a job, or writes all of the one of this id. */
  put(job: JobRecord): void {
    this.#connection.run(
      `insert into jobs (id, kind, title, state, priority, payload, progress, failure, project_id, layer_id, model_id,
         training, checkpoint, attempts, created_at, updated_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       on conflict (id) do update set title = excluded.title, state = excluded.state, priority = excluded.priority,
         payload = excluded.payload, progress = excluded.progress, failure = excluded.failure,
         project_id = excluded.project_id, layer_id = excluded.layer_id, model_id = excluded.model_id,
         training = excluded.training, checkpoint = excluded.checkpoint, attempts = excluded.attempts,
         updated_at = excluded.updated_at`,
      job.id,
      job.kind,
      job.title,
      job.state,
      job.priority,
      JSON.stringify(job.payload),
      job.progress,
      job.failure && JSON.stringify(job.failure),
      job.projectId,
      job.layerId,
      job.modelId,
      job.training && JSON.stringify(job.training),
      job.checkpoint,
      job.attempts,
      job.createdAt,
      job.updatedAt,
    );
  }

  /** @throws Failure `not-found` */
  get(id: string): JobRecord {
    const job = this.#connection.get(
      rowSchema,
      `select ${columns} from jobs where id = ?`,
      id,
    );
    if (!job) throw missing(id);
    return job;
  }

  /** All jobs, the newest first. */
  list(): JobRecord[] {
    return this.#connection.all(
      rowSchema,
      `select ${columns} from jobs order by created_at desc, id`,
    );
  }

  /** The jobs in a state, in the order in which the queue takes them. */
  inState(state: JobRecord["state"]): JobRecord[] {
    return this.#connection.all(
      rowSchema,
      `select ${columns} from jobs where state = ? order by priority desc, created_at, id`,
      state,
    );
  }

  /** @throws Failure `not-found` */
  delete(id: string): void {
    if (this.#connection.run("delete from jobs where id = ?", id) === 0)
      throw missing(id);
  }
}

function missing(id: string): Failure {
  return new Failure("not-found", `There is no job ${id}`, { subject: id });
}
