/**
 * @param {unknown} error
 * @returns {string} what a thrown thing says
 */
export function reasonOf(error) {
  return error instanceof Error ? error.message : String(error);
}
