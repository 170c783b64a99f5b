import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import { expect } from "vitest";
import type { TrainedNetworks } from "../../../../native-models/training/checkpoint.ts";
import type { Random } from "../../../../native-models/training/random.ts";
import type {
  Position,
  Recipe,
} from "../../../../native-models/training/recipe.ts";
import { readSafetensors } from "../../../../native-models/weights/safetensors.ts";

/** One training step by PyTorch: weights, pictures, losses and gradients. */
export class ReferenceStep {
  readonly losses: Record<string, number>;
  readonly #file: ReturnType<typeof readSafetensors>;

  /** @param name of a file in test/fixtures/gans */
  constructor(name: string) {
    const url = new URL(
      `../../../fixtures/gans/${name}.safetensors`,
      import.meta.url,
    );
    this.#file = readSafetensors(readFileSync(url));
    this.losses = JSON.parse(this.#file.metadata.losses!);
  }

  /** Of four dimensions: [n, c, h, w] as [n, h, w, c], filters [o, i, k, k] as [k, k, i, o]. */
  tensor(name: string): tf.Tensor {
    const { shape, data } = this.#file.tensors.get(name)!;
    return tf.tidy(() => {
      const stored = tf.tensor(data as Float32Array, [...shape]);
      if (shape.length !== 4) return stored;
      const filter = name.endsWith(".weight");
      return tf.transpose(stored, filter ? [2, 3, 1, 0] : [0, 2, 3, 1]);
    });
  }

  picture(name: string): tf.Tensor4D {
    return this.tensor(name) as tf.Tensor4D;
  }

  /** Gives the networks the reference's weights; each of their parameters has to be there. */
  fill(networks: TrainedNetworks, nameOf: NameOf): void {
    for (const [network, { parameters }] of Object.entries(networks)) {
      for (const [name, variable] of parameters.variables) {
        const stored = this.tensor(`weights.${nameOf(network, name)}`);
        variable.assign(stored);
        stored.dispose();
      }
    }
  }

  /**
   * Takes a recipe's step and compares every gradient, within a thousandth of the largest of its tensor.
   * @param kinds which gradients are meant, by network; "gradients" where absent
   * @returns the losses
   */
  compare<Batch>(
    recipe: Recipe<Batch>,
    batch: Batch,
    random: Random,
    at: Position,
    nameOf: NameOf,
    kinds: Record<string, string> = {},
  ): Record<string, number> {
    const losses: Record<string, number> = {};
    const compared: string[] = [];
    tf.tidy(() =>
      recipe.step(
        batch,
        (network, terms) => {
          const { parameters } = recipe.networks[network]!;
          const { gradient } = parameters.gradient(() => {
            const byName = terms();
            for (const [name, loss] of Object.entries(byName)) {
              losses[name] = loss.dataSync()[0]!;
            }
            return tf.addN(Object.values(byName)) as tf.Scalar;
          });
          for (const [name, mine] of parameters.split(gradient)) {
            const key = nameOf(network, name);
            const theirs = this.tensor(
              `${kinds[network] ?? "gradients"}.${key}`,
            );
            expect(mine.shape, key).toEqual(theirs.shape);
            // Below the second lies what rounding makes of a gradient that is 0.
            const [apart, size] = [tf.sub(mine, theirs), theirs].map(
              (t) => tf.max(tf.abs(t)).dataSync()[0]!,
            );
            expect(apart!, key).toBeLessThan(Math.max(1e-3 * size!, 1e-7));
            compared.push(key);
          }
        },
        random,
        at,
      ),
    );
    expect(compared).toHaveLength(
      [...this.#file.tensors.keys()].filter((name) =>
        name.startsWith("weights."),
      ).length,
    );
    return losses;
  }
}

/** The reference's name of a network's parameter. */
type NameOf = (network: string, parameter: string) => string;

/** Within a ten-thousandth. */
export function expectLosses(
  mine: Record<string, number>,
  theirs: Record<string, number>,
): void {
  expect(Object.keys(mine).sort()).toEqual(Object.keys(theirs).sort());
  for (const [name, loss] of Object.entries(theirs)) {
    expect(Math.abs(mine[name]! - loss) / loss, name).toBeLessThan(1e-4);
  }
}
