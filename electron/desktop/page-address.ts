import { isAbsolute, join, relative } from "node:path";

/** The page and its pictures have one origin, so that a canvas which shows them stays readable. */
export const pageScheme = "studio";
const pageHost = "page";
export const pageAddress = `${pageScheme}://${pageHost}/`;

/**
 * Whether an address is the page's own; compared part by part, because `studio://page.evil/` begins like it too.
 */
export function isPageAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return (
    url.protocol === `${pageScheme}:` &&
    url.host === pageHost &&
    url.username === "" &&
    url.password === ""
  );
}

/**
 * Which file of the built page an address means.
 * @param folder the built page
 * @param url one that `isPageAddress` has accepted
 * @returns an absolute path inside the folder, or null where the address leads out of it or cannot be read
 */
export function pageFile(folder: string, url: URL): string | null {
  let path: string;
  try {
    path = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  if (path.includes("\0") || path.includes("\\")) return null;
  const file = join(folder, path === "/" ? "index.html" : path);
  const inside = relative(folder, file);
  return inside === "" || inside.startsWith("..") || isAbsolute(inside)
    ? null
    : file;
}
