import * as tf from "@tensorflow/tfjs-core";

/**
 * The tensors that a run trains, as named variables and as one flat vector. Optimiser and averages work on the flat
 * form: a dozen element-wise operations a step in place of a dozen per tensor, which eager TensorFlow.js would feel.
 */
export class Parameters {
  readonly variables: ReadonlyMap<string, tf.Variable>;
  /** Elements in all. */
  readonly size: number;
  readonly #list: tf.Variable[];
  /** The same values once more, so that a step need not put them together anew. */
  readonly #flat: tf.Variable<tf.Rank.R1>;

  /** @param initial named start values; they are copied and stay the caller's */
  constructor(initial: Iterable<readonly [string, tf.Tensor]>) {
    this.variables = new Map(
      [...initial].map(([name, tensor]) => [
        name,
        tf.tidy(() => tf.variable(tensor.clone(), true)),
      ]),
    );
    this.#list = [...this.variables.values()];
    this.size = this.#list.reduce((sum, { size }) => sum + size, 0);
    this.#flat = tf.tidy(() => tf.variable(flatten(this.#list), false));
  }

  /** Names and shapes in the order of the flat vector; equal for two runs whose states fit one another. */
  get layout(): string {
    return JSON.stringify([...this.variables].map(([n, v]) => [n, v.shape]));
  }

  variable(name: string): tf.Variable {
    const variable = this.variables.get(name);
    if (variable === undefined) throw new RangeError(`No parameter ${name}.`);
    return variable;
  }

  /** The values as one vector of `size` elements. */
  flat(): tf.Tensor1D {
    return flatten(this.#list);
  }

  /** The same, at hand without putting it together; stays the parameters', and gradients do not pass through it. */
  get values(): tf.Tensor1D {
    return this.#flat;
  }

  /** One vector that holds `value(name)` at every element of the parameter of that name. */
  fill(value: (name: string) => number): tf.Tensor1D {
    return tf.tidy(() =>
      flatten(
        [...this.variables].map(([name, { shape }]) =>
          tf.fill(shape, value(name)),
        ),
      ),
    );
  }

  /** Sets every variable from one vector of `size` elements. */
  assign(flat: tf.Tensor1D): void {
    tf.tidy(() => {
      this.#flat.assign(flat);
      for (const [name, tensor] of this.split(flat)) {
        this.variable(name).assign(tensor);
      }
    });
  }

  /** Cuts a flat vector into named tensors. */
  split(flat: tf.Tensor1D): Map<string, tf.Tensor> {
    const parts = tf.split(
      flat,
      this.#list.map(({ size }) => size),
    );
    return new Map(
      [...this.variables].map(([name, { shape }], index) => [
        name,
        tf.reshape(parts[index]!, shape),
      ]),
    );
  }

  /**
   * The loss and its gradient as one flat vector; parameters that the loss does not touch have gradient 0.
   * @param loss computes a scalar from the variables
   */
  gradient(loss: () => tf.Scalar): { loss: tf.Scalar; gradient: tf.Tensor1D } {
    return tf.tidy(() => {
      const { value, grads } = tf.variableGrads(loss, this.#list);
      const gradient = flatten(
        this.#list.map(
          (variable) => grads[variable.name] ?? tf.zerosLike(variable),
        ),
      );
      return { loss: value, gradient };
    });
  }

  dispose(): void {
    for (const variable of this.#list) variable.dispose();
    this.#flat.dispose();
  }
}

function flatten(tensors: readonly tf.Tensor[]): tf.Tensor1D {
  return tf.tidy(() => tf.concat(tensors.map((t) => tf.reshape(t, [-1]))));
}
