import type { BaseModel } from "./base-model.ts";
import type { Evaluator } from "./evaluator.ts";
import type { EvaluateOptions } from "./options.ts";

/** What every evaluation of pictures works with. */
export interface EvaluationContext {
  readonly options: EvaluateOptions;
  /** Folder of the bundled models. */
  readonly models: string;
  readonly base: BaseModel;
  /** The one to go by first. */
  readonly evaluators: readonly Evaluator[];
  /** Says how far it is. */
  progress(text: string): void;
}
