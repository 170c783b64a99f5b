/**
 * What a source is asked for: libraries and addon of one variant, laid out in a folder.
 * @typedef {object} Task
 * @property {string} folder
 * @property {"cpu" | "cuda"} variant
 * @property {(sentence: string) => void} say
 */

/**
 * Somewhere that TensorFlow's libraries come from.
 * @typedef {object} Source
 * @property {string} title
 * @property {(task: Task) => Promise<{ source: string, file: string, sha256: string }>} provide says what was downloaded;
 *   throws with the reason where it cannot be had
 */

export {};
