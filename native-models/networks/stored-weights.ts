import * as tf from "@tensorflow/tfjs-core";
import { Failure } from "../../common/failure.ts";
import { narrowToHalf } from "../weights/half-precision.ts";
import {
  type Safetensors,
  type StoredTensor,
  toFloats,
} from "../weights/safetensors.ts";
import type { Convolution } from "./perceptual.ts";

/**
 * The numbers of a tensor of a weights file, checked to be there, of the expected shape, and finite.
 * @param subject what messages call the file
 * @throws Failure "damaged"
 */
export function readFloats(
  { tensors }: Pick<Safetensors, "tensors">,
  name: string,
  shape: readonly number[],
  subject: string,
): Float32Array {
  const damaged = (fault: string) =>
    new Failure("damaged", `${subject} ${fault}.`, {
      subject,
      hint: "Choose another style, or copy or download the file again.",
    });
  const stored = tensors.get(name);
  if (stored === undefined) throw damaged(`lacks the tensor ${name}`);
  if (String(stored.shape) !== String(shape)) {
    throw damaged(
      `holds ${name} as [${stored.shape}] where [${shape}] belongs`,
    );
  }
  const values = toFloats(stored, name);
  if (!values.every(Number.isFinite)) {
    throw damaged(`holds ${name} with values that are no numbers`);
  }
  return values;
}

/** The same as a tensor. */
export function readTensor(
  file: Pick<Safetensors, "tensors">,
  name: string,
  shape: readonly number[],
  subject: string,
): tf.Tensor {
  return tf.tensor(readFloats(file, name, shape, subject), [...shape]);
}

/** A convolution stored as PyTorch does: `name.weight` [outputs, inputs, k, k] and `name.bias`. */
export function readConvolution(
  file: Safetensors,
  name: string,
  [outputs, inputs, size]: readonly [number, number, number],
  subject: string,
): Convolution {
  const shape = [outputs, inputs, size, size];
  const stored = readTensor(file, `${name}.weight`, shape, subject);
  const filter = tf.transpose(stored as tf.Tensor4D, [2, 3, 1, 0]);
  stored.dispose();
  const bias = readTensor(file, `${name}.bias`, [outputs], subject);
  return { filter, bias: bias as tf.Tensor1D };
}

/** The entries of a weights file that `readConvolution` reads back. */
export async function storeConvolution(
  name: string,
  { filter, bias }: Convolution,
): Promise<[string, StoredTensor][]> {
  const turned = tf.transpose(filter, [3, 2, 0, 1]);
  const entries: [string, StoredTensor][] = [
    [`${name}.weight`, await storeTensor(turned)],
    [`${name}.bias`, await storeTensor(bias)],
  ];
  turned.dispose();
  return entries;
}

export async function storeTensor(tensor: tf.Tensor): Promise<StoredTensor> {
  const data = (await tensor.data()) as Float32Array;
  return { dtype: "F32", shape: tensor.shape, data: Float32Array.from(data) };
}

/**
 * An entry rounded to 16-bit floats, half the size: what is shipped.
 * @throws Failure "unsupported" for integers
 */
export function inHalfPrecision([name, tensor]: readonly [
  string,
  StoredTensor,
]): [string, StoredTensor] {
  const data = Uint16Array.from(toFloats(tensor, name), narrowToHalf);
  return [name, { dtype: "F16", shape: tensor.shape, data }];
}
