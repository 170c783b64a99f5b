/** A project's name without what some file system does not take. */
export function plainFileName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Windows refuses exactly these
  const clean = name.replace(/[\u0000-\u001f<>:"/\\|?*]/g, "-");
  return clean.replace(/[. ]+$/, "") || "picture";
}
