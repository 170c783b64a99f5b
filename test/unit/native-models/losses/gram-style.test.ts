import {
  gramStyleLoss,
  meanStyle,
  styleOf,
} from "../../../../native-models/losses/gram-style.ts";
import type { Taps } from "../../../../native-models/networks/perceptual.ts";
import {
  checkNumerics,
  type Expected,
  load,
  numericsFixture,
  type Stored,
} from "../check-numerics.ts";

/** Made by test/reference/numerics/gram-style.py. */
const fixture = numericsFixture<{
  target: Stored[];
  own: Expected;
  folder: Expected;
}>("gram-style");

const target = () => styleOf(fixture.target.map(load) as unknown as Taps);

checkNumerics([
  {
    name: "against one's own target",
    expected: fixture.own,
    loss: (...taps) =>
      gramStyleLoss(styleOf(taps as unknown as Taps), target()),
  },
  {
    name: "against the mean of a folder",
    expected: fixture.folder,
    loss: (...taps) =>
      gramStyleLoss(styleOf(taps as unknown as Taps), meanStyle(target())),
  },
]);
