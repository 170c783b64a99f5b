import type { StyleParameters } from "../../common/document/document.ts";
import { Failure } from "../../common/failure.ts";
import type { Context } from "./context.ts";

/** The engine knows no names: a complaint about weights gets the style's. */
export function namedStyleFailure(
  context: Context,
  style: StyleParameters,
  error: unknown,
): Failure {
  const failure = Failure.from(error);
  if (failure.code !== "damaged" && failure.code !== "unsupported")
    return failure;
  const name = styleName(context, style);
  return new Failure(
    failure.code,
    `The style “${name}” cannot be used: ${failure.message}`,
    {
      subject: name,
      hint:
        failure.hint ??
        "Train the style again, or bring its weights file back from a copy.",
      cause: error,
    },
  );
}

/** "Woodblock", or "Woodblock + Oil" for a mix. */
export function styleName(
  { library }: Context,
  { model, mix = [] }: StyleParameters,
): string {
  return [model, ...mix.map((part) => part.model)]
    .map((id) => library.models.find(id)?.name ?? id)
    .join(" + ");
}
