import { cycleLoss } from "../../../../native-models/losses/cycle.ts";
import {
  checkNumerics,
  type Expected,
  load,
  numericsFixture,
  type Stored,
} from "../check-numerics.ts";

/** Made by test/reference/numerics/cycle.py. */
const fixture = numericsFixture<{ original: Stored; expected: Expected }>(
  "cycle",
);

checkNumerics([
  {
    name: "one direction of the cycle",
    expected: fixture.expected,
    loss: (reconstructed) => cycleLoss(reconstructed, load(fixture.original)),
  },
]);
