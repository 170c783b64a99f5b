import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * Who may talk to this host. An address carries a token that works once; it buys the browser a session cookie, which
 * scripts cannot read and other sites cannot send. Cookies are not told apart by port, so the name carries it.
 */
export interface Session {
  /** A new token; each works for one request. */
  issueToken(): string;
  /** @returns the `Set-Cookie` header that the token buys, or null where it is unknown or used up */
  redeem(token: string, port: number): string | null;
  /** @param cookieHeader the request's `Cookie` header */
  admits(cookieHeader: string | undefined, port: number): boolean;
}

export function createSession(): Session {
  const cookieName = (port: number) => `fude-${port}`;
  const secret = randomBytes(32).toString("base64url");
  const tokens = new Set<string>();
  return {
    issueToken() {
      const token = randomBytes(32).toString("base64url");
      tokens.add(token);
      return token;
    },
    redeem(token, port) {
      for (const issued of tokens) {
        if (!same(issued, token)) continue;
        tokens.delete(issued);
        return `${cookieName(port)}=${secret}; Path=/; HttpOnly; SameSite=Strict`;
      }
      return null;
    },
    admits(cookieHeader, port) {
      return (cookieHeader ?? "").split(";").some((pair) => {
        const [name, value] = pair.trim().split("=", 2);
        return (
          name === cookieName(port) &&
          value !== undefined &&
          same(value, secret)
        );
      });
    },
  };
}

/** Compares digests, so that neither content nor length can be told from the time that it takes. */
function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
