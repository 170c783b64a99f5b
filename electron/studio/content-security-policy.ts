/**
 * The policy under which the page runs in every host: no code but its own files, pictures from the host or made by
 * itself, no frames, plugins or forms.
 * @param sockets addresses of WebSockets that the page may open besides its own host
 */
export function contentSecurityPolicy(sockets: readonly string[] = []): string {
  return [
    "default-src 'self'",
    "img-src 'self' blob: data:",
    // Radix places its menus by style attributes.
    "style-src 'self' 'unsafe-inline'",
    ["connect-src 'self'", ...sockets].join(" "),
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
