import type { Dataset } from "../../common/contract/studio.ts";

/** Below this a folder says little of what its drawings have in common. */
const enough = 5;

/**
 * What an artist should know about the pictures before a training, a sentence each.
 * @param most how many of each a training takes
 */
export function trainingAdvice(
  { accepted: drawings, refused }: Pick<Dataset, "accepted" | "refused">,
  photos: Pick<Dataset, "accepted"> | null,
  most: { drawings: number; photos: number },
): string[] {
  const advice: string[] = [];
  const [only] = drawings;
  if (drawings.length === 1)
    advice.push(
      refused.length > 0
        ? `Only ${only!.name} is left to learn from: the style will be that one drawing’s.`
        : `There is one drawing only: the style will be that of ${only!.name}.`,
    );
  else if (drawings.length > 0 && drawings.length < enough)
    advice.push(
      `With ${drawings.length} drawings the style leans on what happens to be on them; ${enough} or more show better what is yours.`,
    );
  if (drawings.length > most.drawings)
    advice.push(
      `Of the ${drawings.length} drawings ${most.drawings} are learned from, evenly chosen.`,
    );
  const practised = photos?.accepted ?? [];
  if (practised.length > most.photos)
    advice.push(
      `Of the ${practised.length} photographs ${most.photos} are practised on, evenly chosen.`,
    );
  const own = new Set(drawings.map(({ asset }) => asset));
  if (practised.length > 0 && practised.every(({ asset }) => own.has(asset)))
    advice.push(
      "The photographs are the drawings themselves: it learns to redraw drawings, and photographs may come out less like yours.",
    );
  return advice;
}
