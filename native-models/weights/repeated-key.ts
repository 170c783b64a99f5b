/**
 * The first key that occurs twice in one object of a JSON text, or null. `JSON.parse` keeps the last of them and says
 * nothing, so that a header could show one tensor to a checker and another to a reader.
 * @param text valid JSON
 */
export function repeatedKey(text: string): string | null {
  const open: (Set<string> | null)[] = [];
  // In valid JSON a string is a key where an object's brace or comma came before it.
  let keyNext = false;
  for (const [token] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]/gs)) {
    if (token === "{" || token === "[") {
      open.push(token === "{" ? new Set() : null);
      keyNext = token === "{";
    } else if (token === "}" || token === "]") {
      open.pop();
      keyNext = false;
    } else if (token === ",") {
      keyNext = open.at(-1) instanceof Set;
    } else if (keyNext) {
      const key: string = JSON.parse(token);
      const keys = open.at(-1);
      if (keys?.has(key)) return key;
      keys?.add(key);
      keyNext = false;
    }
  }
  return null;
}
