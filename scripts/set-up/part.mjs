/**
 * What there is of a part: its path, if it is a program, and a phrase (ready) or a sentence (not ready) about it.
 * @typedef {{ ready: boolean, says: string, path?: string }} State
 */

/**
 * What parts are told: the Node that everything runs on.
 * @typedef {{ node: string }} Context
 */

/**
 * Something that Fude needs or makes use of.
 * @typedef {object} Part
 * @property {string} name
 * @property {string} lock held while the part is provided
 * @property {string} doing what providing it means
 * @property {(context: Context) => Promise<State | null>} check quick; null if something has to be done
 * @property {(context: Context, say: (sentence: string) => void) => Promise<State>} provide throws if Fude cannot do
 *   without it
 */

export {};
