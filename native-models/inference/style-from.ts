import * as tf from "@tensorflow/tfjs-core";
import {
  generatorFrom,
  styleVectorFrom,
} from "../networks/generator-weights.ts";
import { pictureNetworkFrom } from "../networks/picture-network.ts";
import { isGenerator } from "../networks/recognise.ts";
import type { StoredTensor } from "../weights/safetensors.ts";
import { generatorStyle } from "./generator-style.ts";
import { publishedStyle } from "./published-style.ts";
import type { StyleNetwork } from "./style-network.ts";

/**
 * The style that a weights file's tensors make up: Fude's own generator with a vector, or a published generator.
 * @param name what messages call the file
 * @throws Failure "damaged" or "unsupported"
 */
export function styleFrom(
  tensors: ReadonlyMap<string, StoredTensor>,
  name: string,
): StyleNetwork {
  if (!isGenerator(tensors)) {
    return publishedStyle(pictureNetworkFrom({ tensors }, name));
  }
  const vector = styleVectorFrom({ tensors }, name);
  return generatorStyle(generatorFrom({ tensors }, name), tf.tensor1d(vector));
}
