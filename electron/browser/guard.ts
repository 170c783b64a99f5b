import type { IncomingHttpHeaders } from "node:http";

/**
 * Whether a request was meant for this host by a page of this host. The host's name defeats DNS rebinding (a foreign
 * name that resolves to 127.0.0.1), the origin and the fetch metadata defeat pages of other sites and of other ports
 * of this machine, which `SameSite` does not tell apart.
 * @param socket true for a WebSocket upgrade, which must always name its origin
 * @returns null, or a sentence that says what is wrong
 */
export function refusalOf(
  headers: IncomingHttpHeaders,
  port: number,
  socket: boolean,
): string | null {
  const host = `127.0.0.1:${port}`;
  if (headers.host !== host) {
    return `This address is not served here: open http://${host}.`;
  }
  if (
    headers.origin === undefined ? socket : headers.origin !== `http://${host}`
  ) {
    return "Other sites may not talk to Fude.";
  }
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") {
    return "Other sites may not talk to Fude.";
  }
  return null;
}
