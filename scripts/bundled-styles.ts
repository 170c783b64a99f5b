/** A style that Fude brings along, and what it is learnt from. */
export interface BundledStyle {
  /** Its folder in `resources/models/`. */
  readonly id: string;
  readonly name: string;
  /** Sets of `styles/` in the data folder. */
  readonly sets: readonly string[];
  /** Which of the sets' files; all where absent. */
  readonly only?: RegExp;
  readonly licence: string;
  readonly credit: string;
}

export const bundledStyles: readonly BundledStyle[] = [
  {
    id: "woodblock",
    name: "Woodblock",
    sets: ["hokusai-36-views"],
    licence: "public domain",
    credit:
      "From Katsushika Hokusai's Thirty-six Views of Mount Fuji; scans by The Metropolitan Museum of Art, CC0.",
  },
  {
    id: "engraving",
    name: "Engraving",
    sets: ["dore-don-quixote"],
    licence: "public domain",
    credit: "From Gustave Doré's plates for Don Quixote.",
  },
  {
    id: "ink-line",
    name: "Ink line",
    sets: ["tenniel-alice"],
    licence: "public domain",
    credit: "From John Tenniel's drawings for the two Alice books.",
  },
  {
    id: "watercolour-book",
    name: "Watercolour book",
    sets: ["potter-peter-rabbit"],
    licence: "public domain",
    credit: "From Beatrix Potter's pictures for The Tale of Peter Rabbit.",
  },
  {
    id: "comic",
    name: "Comic",
    sets: ["revoy-peppercarrot-panels"],
    licence: "CC-BY-4.0",
    credit:
      "From the comic Pepper&Carrot by David Revoy (www.peppercarrot.com), CC-BY 4.0.",
  },
  {
    id: "oil",
    name: "Oil",
    sets: ["museum-paintings"],
    only: /vincent-van-gogh|starry-night/,
    licence: "public domain",
    credit: "From paintings by Vincent van Gogh; museum open access.",
  },
  {
    id: "storybook",
    name: "Storybook",
    sets: ["crane-aesop"],
    licence: "public domain",
    credit: "From Walter Crane's pictures for The Baby's Own Aesop.",
  },
  {
    id: "poster-ink",
    name: "Poster ink",
    sets: ["denslow-oz"],
    licence: "public domain",
    credit: "From W. W. Denslow's pictures for The Wonderful Wizard of Oz.",
  },
  {
    id: "line-doodle",
    name: "Line doodle",
    sets: ["lear-nonsense"],
    licence: "public domain",
    credit: "From Edward Lear's drawings for his Nonsense Books.",
  },
  {
    id: "flat-cel",
    name: "Flat cel",
    sets: ["letta-gophers", "publicdomainvectors"],
    licence: "CC0-1.0",
    credit:
      "From Maria Letta's gopher drawings (CC0; the character is Renee French's, CC-BY 4.0) and drawings of publicdomainvectors.org's contributors (CC0).",
  },
];
