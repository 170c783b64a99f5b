import * as tf from "@tensorflow/tfjs-core";
import {
  type Perceptual,
  perceptualTaps,
} from "../../native-models/networks/perceptual.ts";
import {
  randomStudent,
  studentFrom,
  tapCorrelations,
} from "../../native-models/training/distillation.ts";
import type { Picture } from "../../native-models/training/picture.ts";
import { Random } from "../../native-models/training/random.ts";
import { styleRetrieval } from "../style-retrieval.ts";
import { proofCrops } from "./proof-crops.ts";

/** How far P sees what its teacher sees. */
export interface PerceptualScores {
  /** Correlation with the teacher's relu1_1, 2_1, 3_1 and 4_1, mean over channels. */
  readonly correlation: number[];
  /** Share of crops of drawings that find the other crop of their picture, by each network's statistics. */
  readonly styleRetrieval: {
    readonly student: number;
    readonly teacher: number;
    readonly random: number;
  };
}

/** @param photos, drawings ones that P was not trained on */
export function provePerceptual(
  student: Perceptual,
  teacher: Perceptual,
  photos: readonly Picture[],
  drawings: readonly Picture[],
): PerceptualScores {
  const untrained = randomStudent(Random.seeded(3));
  const correlation = tf.tidy(() => {
    const crops = proofCrops([photos, drawings]);
    return tapCorrelations(
      perceptualTaps(student, crops),
      perceptualTaps(teacher, crops),
    ).map((value) => Number(value.toFixed(4)));
  });
  const retrieval = (network: Perceptual) =>
    Number(styleRetrieval(network, drawings).toFixed(4));
  const scores = {
    correlation,
    styleRetrieval: {
      student: retrieval(student),
      teacher: retrieval(teacher),
      random: retrieval(studentFrom(untrained.variables)),
    },
  };
  untrained.dispose();
  return scores;
}
