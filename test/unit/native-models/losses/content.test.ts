import * as tf from "@tensorflow/tfjs-core";
import {
  contentLoss,
  normalisedContentLoss,
} from "../../../../native-models/losses/content.ts";
import type { Taps } from "../../../../native-models/networks/perceptual.ts";
import {
  checkNumerics,
  type Expected,
  load,
  numericsFixture,
  type Stored,
} from "../check-numerics.ts";

/** Made by test/reference/numerics/content.py. */
const fixture = numericsFixture<{
  target: Stored[];
  expected: Expected;
  normalised: Expected;
}>("content");

/** The first two taps have no say. */
function taps(third: tf.Tensor4D, fourth: tf.Tensor4D): Taps {
  const other: tf.Tensor4D = tf.randomNormal([2, 4, 4, 3]);
  return [other, other, third, fourth];
}

checkNumerics(
  [
    {
      name: "the last two taps",
      expected: fixture.expected,
      content: contentLoss,
    },
    {
      name: "the last two taps, normalised",
      expected: fixture.normalised,
      content: normalisedContentLoss,
    },
  ].map(({ name, expected, content }) => ({
    name,
    expected,
    loss: (third, fourth) => {
      const [a, b] = fixture.target.map(load);
      return content(taps(third!, fourth!), taps(a!, b!));
    },
  })),
);
