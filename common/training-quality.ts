import { z } from "zod";

/** How good a training is to become, in steps of four crops of 160 pixels: to try it out, for most work, for print. */
export const trainingSteps = { quick: 300, good: 1200, fine: 3000 } as const;

export type Quality = keyof typeof trainingSteps;

export const qualitySchema = z.enum(
  Object.keys(trainingSteps) as [Quality, ...Quality[]],
);
