/** Letters without case or accents, so that "cafe" finds "Café". */
const plain = (text: string) =>
  text
    .normalize("NFKD")
    .replace(/\p{Diacritic}/gu, "")
    .toLocaleLowerCase();

/** Whether every word of a search is somewhere in the name. */
export function matchesSearch(name: string, search: string): boolean {
  const within = plain(name);
  return plain(search)
    .split(/\s+/)
    .every((word) => within.includes(word));
}
