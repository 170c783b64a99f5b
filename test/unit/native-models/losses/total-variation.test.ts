import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { totalVariation } from "../../../../native-models/losses/total-variation.ts";
import {
  checkNumerics,
  type Expected,
  numericsFixture,
} from "../check-numerics.ts";

/** Made by test/reference/numerics/total-variation.py. */
const fixture = numericsFixture<{ expected: Expected }>("total-variation");

checkNumerics([
  {
    name: "two pictures",
    expected: fixture.expected,
    loss: (y) => totalVariation(y),
    // Neighbours differ by hundredths here and there: larger steps would pass over kinks.
    distance: 2e-4,
  },
]);

test("an even picture varies nowhere", () => {
  const variation = tf.tidy(() =>
    totalVariation(tf.ones([1, 4, 4, 3])).dataSync(),
  );
  expect(variation[0]).toBe(0);
});
