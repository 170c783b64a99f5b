import { Failure } from "../../common/failure.ts";
import { styleVectorFrom } from "../networks/generator-weights.ts";
import { readSafetensors, type StoredTensor } from "../weights/safetensors.ts";

/** A style that is mixed in: its weights file, and its share of the whole. */
export interface MixedIn {
  readonly weights: Uint8Array;
  readonly share: number;
}

type Tensors = ReadonlyMap<string, StoredTensor>;

/**
 * The weighted mean of style vectors (Dumoulin et al. 2017, section 3.3), which is a style of the same generator.
 * @param first the tensors of the style that has what the shares leave
 * @param name what messages call the files
 * @throws Failure "unsupported" where a style has a generator of its own: its vector means nothing to another
 */
export function mixedVector(
  first: Tensors,
  mix: readonly MixedIn[],
  name: string,
): StoredTensor {
  const own = 1 - mix.reduce((sum, { share }) => sum + share, 0);
  const parts = [
    { tensors: first, share: own },
    ...mix.map(({ weights, share }) => ({
      tensors: readSafetensors(weights, name).tensors,
      share,
    })),
  ];
  for (const { tensors } of parts) requireVectorAlone(tensors);
  const vectors = parts.map(({ tensors }) =>
    styleVectorFrom({ tensors }, name),
  );
  const data = vectors[0]!.map((_, i) =>
    parts.reduce((sum, { share }, k) => sum + share * vectors[k]![i]!, 0),
  );
  return { dtype: "F32", shape: [data.length], data };
}

function requireVectorAlone(tensors: Tensors): void {
  if (![...tensors.keys()].some((key) => key.startsWith("generator."))) return;
  throw new Failure(
    "unsupported",
    "A style with a generator of its own cannot be mixed with others.",
    { hint: "Mix styles that came with Fude or were made of pictures." },
  );
}
