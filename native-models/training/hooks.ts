import type {
  EngineEvent,
  EngineRequest,
} from "../../common/contract/engine.ts";

export type TrainingRequest = Extract<EngineRequest, { kind: "train" }>;

type Report<Kind extends EngineEvent["kind"]> = Omit<
  Extract<EngineEvent, { kind: Kind }>,
  "id" | "kind"
>;

/** How a training talks to the engine that runs it. The loop gives way to the event loop after every step. */
export interface TrainingHooks {
  onStep(report: Report<"training">): void;
  onSample(report: Report<"sample">): void;
  onCheckpoint(report: Report<"checkpoint">): void;
  /** Resolves once what was reported has left the process; awaited after every step. */
  delivered?(): Promise<void>;
  /** Awaited after every step, for work that shall go before the next. */
  giveWay?(): Promise<void>;
  /** What the artist wants by now; asked after every step. */
  intent(): null | "finish" | "checkpoint" | "discard";
}

export type Trained = Report<"trained">;

/** How a training ended, other than by throwing a Failure. */
export type TrainingOutcome =
  | ({ readonly kind: "trained" } & Trained)
  /** A checkpoint went out just before. */
  | ({ readonly kind: "paused" } & Report<"paused">)
  | { readonly kind: "discarded" };
