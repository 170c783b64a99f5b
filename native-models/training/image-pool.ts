import * as tf from "@tensorflow/tfjs-core";
import { Failure } from "../../common/failure.ts";
import type { StoredTensor } from "../weights/safetensors.ts";
import type { Random } from "./random.ts";

/**
 * The last pictures that a generator made, so that its discriminator is not led by the newest alone (Shrivastava et al.
 * 2017, section 2.3; CycleGAN, section 4, with 50). Part of a run's memory.
 */
export class ImagePool {
  readonly #capacity: number;
  readonly #side: number;
  readonly #pictures: Float32Array[] = [];

  /** @param side of the square pictures in pixels */
  constructor(side: number, capacity = 50) {
    this.#side = side;
    this.#capacity = capacity;
  }

  /**
   * While the pool fills, each picture is taken in and handed on. After that each, with a chance of one half, changes
   * places with one of the pool's.
   * @param made [batch, side, side, 3]; stays the caller's
   * @returns what the discriminator is to see, of the same shape
   */
  exchange(made: tf.Tensor4D, random: Random): tf.Tensor4D {
    const samples = made.dataSync<"float32">();
    const size = samples.length / made.shape[0];
    const shown = Float32Array.from(samples);
    for (let i = 0; i < samples.length; i += size) {
      const fresh = samples.slice(i, i + size);
      if (this.#pictures.length < this.#capacity) {
        this.#pictures.push(fresh);
      } else if (random.chance(0.5)) {
        const place = random.below(this.#capacity);
        shown.set(this.#pictures[place]!, i);
        this.#pictures[place] = fresh;
      }
    }
    return tf.tensor4d(shown, made.shape);
  }

  /** What `restore` takes: [pictures, side, side, 3]. */
  store(): StoredTensor {
    const size = 3 * this.#side ** 2;
    const data = new Float32Array(this.#pictures.length * size);
    this.#pictures.forEach((picture, i) => {
      data.set(picture, i * size);
    });
    const shape = [this.#pictures.length, this.#side, this.#side, 3];
    return { dtype: "F32", shape, data };
  }

  /** @throws Failure "damaged" where it is no pool of this size */
  restore(stored: StoredTensor | undefined): void {
    const size = 3 * this.#side ** 2;
    const data = stored?.data;
    const count = stored?.shape[0] ?? 0;
    if (
      !(data instanceof Float32Array) ||
      count > this.#capacity ||
      data.length !== count * size
    ) {
      throw new Failure(
        "damaged",
        "The checkpoint is damaged: its pool of pictures is not whole.",
        { hint: "Start the training anew." },
      );
    }
    this.#pictures.length = 0;
    for (let i = 0; i < count; i++) {
      this.#pictures.push(data.slice(i * size, (i + 1) * size));
    }
  }
}
