import { contentSecurityPolicy } from "../studio/content-security-policy.ts";

/**
 * What every answer of the browser host tells the browser: the page may talk to this host and to nothing else, and may
 * be framed, sniffed or shared by nobody.
 * @param port the one that this host listens on
 */
export function securityHeaders(port: number): Record<string, string> {
  return {
    "content-security-policy": contentSecurityPolicy([
      `ws://127.0.0.1:${port}`,
    ]),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), usb=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
  };
}
