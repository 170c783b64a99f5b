import type { MenuItemConstructorOptions } from "electron/main";

/**
 * The window's menu. Undo, redo and zoom are the page's: their shortcuts act on the document, not on a text field or the
 * page's size, and so have no entry here.
 */
export function menuTemplate(
  platform: NodeJS.Platform,
): MenuItemConstructorOptions[] {
  const mac = platform === "darwin";
  return [
    ...(mac ? [{ role: "appMenu" } as const] : []),
    { label: "&File", submenu: [{ role: mac ? "close" : "quit" }] },
    {
      label: "&Edit",
      submenu: [
        { role: "cut" },
        { role: "copy" },
        { role: "paste" },
        { role: "selectAll" },
      ],
    },
    {
      label: "&View",
      submenu: [{ role: "togglefullscreen" }, { role: "toggleDevTools" }],
    },
    { role: "windowMenu" },
  ];
}
