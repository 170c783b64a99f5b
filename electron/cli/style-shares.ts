import { UsageFailure } from "./usage-failure.ts";

/**
 * What `--style` says, once for each style: a name or path, of several followed by its weight ("woodblock:0.6").
 * @returns the shares of the whole, which sum to 1
 * @throws UsageFailure where a weight is missing or stands alone
 */
export function styleShares(
  words: readonly string[],
): { word: string; share: number }[] {
  if (words.length > mostStyles)
    throw new UsageFailure(`At most ${mostStyles} styles can be mixed.`);
  const parts = words.map(weighted);
  const [only] = parts;
  if (only !== undefined && parts.length === 1) {
    if (only.weight === null) return [{ word: only.word, share: 1 }];
    throw new UsageFailure(
      `The weight of ${words[0]} has nothing to be weighed against.`,
      "Name another --style to mix it with, or use --strength.",
    );
  }
  const sum = parts.reduce((total, { weight }) => total + (weight ?? 0), 0);
  return parts.map(({ word, weight }) => {
    if (weight === null || weight <= 0)
      throw new UsageFailure(
        `How much of ${word} goes into the mix is missing.`,
        `Write it behind the style: --style ${word}:0.5`,
      );
    return { word, share: weight / sum };
  });
}

const mostStyles = 4;

function weighted(word: string): { word: string; weight: number | null } {
  const [, name, number] = /^(.+):(\d+(?:\.\d+)?|\.\d+)$/.exec(word) ?? [];
  return name === undefined || number === undefined
    ? { word, weight: null }
    : { word: name, weight: Number(number) };
}
