import { semanticContentLoss } from "../../../../native-models/losses/semantic-content.ts";
import {
  checkNumerics,
  type Expected,
  load,
  numericsFixture,
  type Stored,
} from "../check-numerics.ts";

/** Made by test/reference/numerics/semantic-content.py. */
const fixture = numericsFixture<{ photo: Stored; expected: Expected }>(
  "semantic-content",
);

checkNumerics([
  {
    name: "content under P",
    expected: fixture.expected,
    loss: (result) => semanticContentLoss(result, load(fixture.photo)),
  },
]);
