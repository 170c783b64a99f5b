import { app, type Session, type WebContents } from "electron/main";
import { isPageAddress } from "./page-address.ts";

/** What Fude's page needs to copy pictures out and in. */
const granted: ReadonlySet<string> = new Set([
  "clipboard-read",
  "clipboard-sanitized-write",
]);

/** Denies every permission and device that a page can ask for, but the clipboard to Fude's own. */
export function limitPermissions(session: Session): void {
  session.setPermissionRequestHandler((page, permission, answer) =>
    answer(granted.has(permission) && isPageAddress(page.getURL())),
  );
  session.setPermissionCheckHandler(
    (page, permission) =>
      granted.has(permission) && page !== null && isPageAddress(page.getURL()),
  );
  session.setDevicePermissionHandler(() => false);
}

/** Keeps every page that this app ever makes where it is: it goes nowhere else, opens no window, embeds no other page. */
export function guardNavigation(): void {
  app.on("web-contents-created", (_event, contents) => guard(contents));
}

function guard(contents: WebContents): void {
  const stay = (event: { url: string; preventDefault(): void }) => {
    if (!isPageAddress(event.url)) event.preventDefault();
  };
  contents.on("will-navigate", stay);
  contents.on("will-redirect", stay);
  contents.on("will-frame-navigate", stay);
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
}
