import * as tf from "@tensorflow/tfjs-core";
import { reflectPad } from "../../native-models/networks/reflect-pad.ts";

export const orientations = 6;
const size = 9;
const wavelength = 4;
const deviation = 2;

/**
 * Even and odd Gabor filters (Daugman 1985) of a wavelength of four pixels in six orientations, without response to an
 * even field; a wave of amplitude 1 in a filter's own direction gives about 1.
 * @returns [9, 9, 1, 12]: the even ones first
 */
function gaborFilters(): tf.Tensor4D {
  const half = (size - 1) / 2;
  const values = new Float32Array(size * size * 2 * orientations);
  const normal = 2 / (2 * Math.PI * deviation ** 2);
  for (let o = 0; o < orientations; o++) {
    const angle = (Math.PI * o) / orientations;
    let [weight, even] = [0, 0];
    const each = (
      visit: (index: number, envelope: number, phase: number) => void,
    ) => {
      for (let i = 0; i < size * size; i++) {
        const x = (i % size) - half;
        const y = Math.floor(i / size) - half;
        const envelope = Math.exp(-(x * x + y * y) / (2 * deviation ** 2));
        const along = x * Math.cos(angle) + y * Math.sin(angle);
        visit(i, envelope, (2 * Math.PI * along) / wavelength);
      }
    };
    each((_, envelope, phase) => {
      weight += envelope;
      even += envelope * Math.cos(phase);
    });
    each((i, envelope, phase) => {
      const at = i * 2 * orientations + o;
      values[at] = normal * envelope * (Math.cos(phase) - even / weight);
      values[at + orientations] = normal * envelope * Math.sin(phase);
    });
  }
  return tf.tensor4d(values, [size, size, 1, 2 * orientations]);
}

/**
 * Magnitude of the quadrature pairs' responses: how much of the wavelength there is at each place in each orientation.
 * @param planes [count, h, w, 1], sides of 5 or more
 * @returns [count, h, w, 6]
 */
export function gaborMagnitudes(planes: tf.Tensor4D): tf.Tensor4D {
  return tf.tidy(() => {
    const responses = tf.conv2d(
      reflectPad(planes, (size - 1) / 2),
      gaborFilters(),
      1,
      "valid",
    );
    const [even, odd] = tf.split(tf.square(responses), 2, 3);
    return tf.sqrt(tf.add(tf.add(even!, odd!), 1e-10)) as tf.Tensor4D;
  });
}
