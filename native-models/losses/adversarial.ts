import * as tf from "@tensorflow/tfjs-core";

/**
 * What discriminator D and generator G minimise. All take logits, D's output without a sigmoid, of any shape (on a
 * patch grid [batch, h, w, 1]), and give the mean over them.
 */
interface AdversarialLoss {
  /**
   * @param real logits of what the artist drew
   * @param fakes logits of what D is to refuse: G's pictures, and further kinds such as CartoonGAN's smoothed drawings.
   * The means of the kinds are added up.
   */
  discriminator(real: tf.Tensor, ...fakes: tf.Tensor[]): tf.Scalar;
  /** @param fake logits of G's pictures */
  generator(fake: tf.Tensor): tf.Scalar;
}

/**
 * The adversarial losses by name.
 * - `least-squares` (Mao et al. 2017, eq. 2 with a = 0, b = c = 1, without its factors ½; CycleGAN, section 4): steady
 *   and with a gradient wherever D is not yet satisfied. CycleGAN halves D's.
 * - `non-saturating` (Goodfellow et al. 2014, eq. 1, with G maximising log D(G(z)) as section 3 advises; with the
 *   smoothed drawings as second fake CartoonGAN's eq. 3): −log σ(l) is softplus(−l) and −log(1 − σ(l)) is softplus(l),
 *   which stay finite for any l.
 * - `hinge` (Lim and Ye 2017; Miyato et al. 2018, eq. 16 and 17): D leaves alone what it tells apart by a margin of 1.
 */
export const adversarialLosses = {
  "least-squares": {
    discriminator: (real, ...fakes) =>
      addUp([mean(tf.square(tf.sub(real, 1))), ...fakes.map(meanSquare)]),
    generator: (fake) => mean(tf.square(tf.sub(fake, 1))),
  },
  "non-saturating": {
    discriminator: (real, ...fakes) =>
      addUp([
        mean(tf.softplus(tf.neg(real))),
        ...fakes.map((fake) => mean(tf.softplus(fake))),
      ]),
    generator: (fake) => mean(tf.softplus(tf.neg(fake))),
  },
  hinge: {
    discriminator: (real, ...fakes) =>
      addUp([
        mean(tf.relu(tf.sub(1, real))),
        ...fakes.map((fake) => mean(tf.relu(tf.add(1, fake)))),
      ]),
    generator: (fake) => tf.neg(mean(fake)),
  },
} as const satisfies Record<string, AdversarialLoss>;

export type AdversarialKind = keyof typeof adversarialLosses;

function mean(x: tf.Tensor): tf.Scalar {
  return tf.mean(x) as tf.Scalar;
}

function meanSquare(x: tf.Tensor): tf.Scalar {
  return mean(tf.square(x));
}

function addUp(terms: tf.Scalar[]): tf.Scalar {
  return tf.addN(terms) as tf.Scalar;
}
