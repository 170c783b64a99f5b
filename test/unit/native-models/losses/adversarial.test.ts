import {
  type AdversarialKind,
  adversarialLosses,
} from "../../../../native-models/losses/adversarial.ts";
import {
  checkNumerics,
  type Expected,
  numericsFixture,
} from "../check-numerics.ts";

/** Made by test/reference/numerics/adversarial.py. */
const fixture =
  numericsFixture<
    Record<
      AdversarialKind,
      Record<"discriminator" | "edgePromoting" | "generator", Expected>
    >
  >("adversarial");

const kinds = Object.keys(adversarialLosses) as AdversarialKind[];

checkNumerics(
  kinds.flatMap((kind) => {
    const { discriminator, generator } = adversarialLosses[kind];
    // Values run into the thousands, where float32 is coarse. Of squares, finite differences are exact however far apart.
    const distance = kind === "least-squares" ? 1 : 1e-2;
    return [
      {
        name: `${kind}, D's`,
        expected: fixture[kind].discriminator,
        loss: discriminator,
        distance,
      },
      {
        name: `${kind}, D's with a second kind of fakes`,
        expected: fixture[kind].edgePromoting,
        loss: discriminator,
        distance,
      },
      {
        name: `${kind}, G's`,
        expected: fixture[kind].generator,
        loss: generator,
        distance,
      },
    ];
  }),
);
