/** The only two names on which page and main process talk; neither reaches the page itself. */
export const channels = {
  /** Page to main: `invoke(call, name, input)`, answered with a `Reply`. */
  call: "fude:call",
  /** Main to page: `send(event, name, payload)`. */
  event: "fude:event",
} as const;
