const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const absolute = new Intl.DateTimeFormat("en", {
  day: "numeric",
  month: "short",
  year: "numeric",
});

/** "just now", "5 minutes ago", "yesterday", and after a month the day. Times in milliseconds. */
export function elapsedSince(time: number, now: number): string {
  const ago = now - time;
  if (ago < minute) return "just now";
  if (ago < hour) return relative.format(-Math.floor(ago / minute), "minute");
  if (ago < day) return relative.format(-Math.floor(ago / hour), "hour");
  if (ago < 30 * day) return relative.format(-Math.floor(ago / day), "day");
  return absolute.format(time);
}
