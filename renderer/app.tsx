import { Tabs, Tooltip } from "radix-ui";
import { useEffect, useLayoutEffect } from "react";
import { CanvasRoom } from "./canvas/canvas-room.tsx";
import { Panel } from "./panels/controls/panel.tsx";
import { DropTarget } from "./panels/frame/drop-target.tsx";
import styles from "./panels/frame/frame.module.css";
import { Notices } from "./panels/frame/notices.tsx";
import { ShortcutSheet } from "./panels/frame/shortcut-sheet.tsx";
import { StatusBar } from "./panels/frame/status-bar.tsx";
import { TitleBar } from "./panels/frame/title-bar.tsx";
import { ToolRail } from "./panels/frame/tool-rail.tsx";
import { HistoryPanel } from "./panels/history/history-panel.tsx";
import { LayersPanel } from "./panels/layers/layers-panel.tsx";
import { ProjectsRoom } from "./panels/projects/projects-room.tsx";
import { SizeDialogs } from "./panels/sizing/size-dialogs.tsx";
import { StyleDrop } from "./panels/styles/style-drop.tsx";
import { StylePanel } from "./panels/styles/style-panel.tsx";
import { ToolOptionsBar } from "./panels/tool-options/tool-options-bar.tsx";
import { TrainRoom } from "./panels/training/train-room.tsx";
import { connect } from "./state/connect.ts";
import { listenToKeys } from "./state/keyboard.ts";
import { listenToClipboard } from "./state/listen-to-clipboard.ts";
import { usePage, useWorkspace } from "./state/use-workspace.ts";

/** The window: title bar, one room, status bar. */
export function App() {
  const workspace = useWorkspace();
  const room = usePage((state) => state.room);
  const opening = usePage((state) => state.opening);
  const name = usePage((state) => state.project?.confirmed.name);
  const opened = usePage((state) => state.project !== null);
  const connection = usePage((state) => state.connection);

  useEffect(() => connect(workspace), [workspace]);
  // Before the first paint: whoever sees the page can use its keys.
  useLayoutEffect(() => listenToKeys(workspace), [workspace]);
  useLayoutEffect(() => listenToClipboard(workspace), [workspace]);
  useEffect(() => {
    document.title = name === undefined ? "Fude" : `${name} – Fude`;
  }, [name]);

  return (
    <Tooltip.Provider delayDuration={500}>
      <div className={styles.frame}>
        <TitleBar />
        <div className={styles.body} data-wide={room !== "canvas"}>
          {room === "projects" && <ProjectsRoom />}
          {room === "train" && <TrainRoom />}
          {room === "canvas" && (
            <>
              <ToolRail />
              <div className={styles.middle}>
                {opened && <ToolOptionsBar />}
                <CanvasRoom />
              </div>
              <Side />
            </>
          )}
        </div>
        <StatusBar />
      </div>
      {opening !== null && (
        <p className={styles.banner} role="status">
          Opening {opening}…
        </p>
      )}
      {connection === "lost" && (
        <p className={styles.banner} role="status">
          The connection to the studio broke. Reconnecting…
        </p>
      )}
      <DropTarget />
      <StyleDrop />
      <ShortcutSheet />
      <SizeDialogs />
      <Notices />
    </Tooltip.Provider>
  );
}

function Side() {
  return (
    <aside className={styles.side}>
      <Panel title="Style">
        <StylePanel />
      </Panel>
      <Tabs.Root className={styles.tabs} defaultValue="layers">
        <Tabs.List className={styles.tabList} aria-label="Layers and history">
          <Tabs.Trigger className={styles.tab} value="layers">
            Layers
          </Tabs.Trigger>
          <Tabs.Trigger className={styles.tab} value="history">
            History
          </Tabs.Trigger>
        </Tabs.List>
        <Tabs.Content className={styles.tabContent} value="layers">
          <LayersPanel />
        </Tabs.Content>
        <Tabs.Content className={styles.tabContent} value="history">
          <HistoryPanel />
        </Tabs.Content>
      </Tabs.Root>
    </aside>
  );
}
