import "./zod-without-eval.ts";
import "@fontsource-variable/inter/wght.css";
import "./styles/tokens.css";
import "./styles/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { openHost } from "./host/open-host.ts";
import { storedTheme } from "./state/theme.ts";
import { WorkspaceContext } from "./state/use-workspace.ts";
import { createWorkspace } from "./state/workspace.ts";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root.");
const workspace = createWorkspace(openHost(), storedTheme());
document.documentElement.dataset.theme = workspace.store.getState().theme;
createRoot(root).render(
  <StrictMode>
    <WorkspaceContext value={workspace}>
      <App />
    </WorkspaceContext>
  </StrictMode>,
);
