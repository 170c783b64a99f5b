import { expect, test } from "vitest";
import { menuTemplate } from "../../../electron/desktop/menu.ts";

test.each(["linux", "win32", "darwin"] as const)(
  "the menu on %s leaves the document's shortcuts to the page",
  (platform) => {
    const roles = menuTemplate(platform).flatMap((entry) => [
      entry.role,
      ...(Array.isArray(entry.submenu)
        ? entry.submenu.map((item) => item.role)
        : []),
    ]);
    expect(roles).toEqual(expect.arrayContaining(["copy", "paste"]));
    expect(roles).toContain(platform === "darwin" ? "close" : "quit");
    for (const role of ["undo", "redo", "editMenu", "zoomIn", "viewMenu"]) {
      expect(roles).not.toContain(role);
    }
  },
);
