import { identityLoss } from "../../../../native-models/losses/identity.ts";
import {
  checkNumerics,
  type Expected,
  load,
  numericsFixture,
  type Stored,
} from "../check-numerics.ts";

/** Made by test/reference/numerics/identity.py. */
const fixture = numericsFixture<{ drawing: Stored; expected: Expected }>(
  "identity",
);

checkNumerics([
  {
    name: "a drawing that comes out otherwise",
    expected: fixture.expected,
    loss: (result) => identityLoss(result, load(fixture.drawing)),
  },
]);
