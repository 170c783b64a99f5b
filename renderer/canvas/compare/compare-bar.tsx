import { X } from "lucide-react";
import type { Document } from "../../../common/document/document.ts";
import { ActionIcon } from "../../panels/controls/action-button.tsx";
import { IconButton } from "../../panels/controls/icon-button.tsx";
import { toggleCompare } from "../../state/compare.ts";
import { compareWays } from "../../state/page-state.ts";
import { useWorkspace } from "../../state/use-workspace.ts";
import styles from "./compare.module.css";
import { SideMenu } from "./side-menu.tsx";

/** What is compared with what, and how. */
export function CompareBar({ document }: { document: Document }) {
  const workspace = useWorkspace();
  return (
    <div className={styles.bar} role="toolbar" aria-label="Compare">
      <SideMenu index={0} document={document} />
      <ActionIcon action="compare-swap" small side="top" />
      <SideMenu index={1} document={document} />
      <span className={styles.line} />
      {compareWays.map((way) => (
        <ActionIcon key={way} action={`compare-${way}`} small side="top" />
      ))}
      <span className={styles.line} />
      <IconButton
        label="Stop comparing"
        icon={X}
        shortcut="C"
        small
        side="top"
        onClick={() => toggleCompare(workspace)}
      />
    </div>
  );
}
