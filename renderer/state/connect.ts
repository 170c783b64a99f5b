import { keepConfined } from "./confined-styles.ts";
import { endDrafts } from "./draft-styles.ts";
import { settled, takeNews } from "./edits.ts";
import { takeJob } from "./jobs.ts";
import { takeMergeProgress } from "./merging.ts";
import { attempt } from "./notices.ts";
import { refreshProjects } from "./projects.ts";
import type { Workspace } from "./workspace.ts";

/** Brings the page up to date with the studio now, and keeps it so. @returns a function that stops */
export function connect(workspace: Workspace): () => void {
  const { host, store } = workspace;
  const stops = [
    host.onConnection((connection) => {
      store.setState({ connection });
      // Words were missed while the line was down.
      if (connection === "open") attempt(workspace, () => catchUp(workspace));
    }),
    host.on("projectChanged", async (news) => {
      // News of a step that is still being answered would count it twice.
      await settled(workspace);
      takeNews(workspace, news, 0);
    }),
    host.on("mergeProgressed", (news) => takeMergeProgress(workspace, news)),
    // Thumbnails and times have changed since the start page was last seen.
    store.subscribe((now, before) => {
      if (now.room === "projects" && before.room !== "projects")
        attempt(workspace, () => refreshProjects(workspace));
    }),
    endDrafts(workspace),
    keepConfined(workspace),
    host.on("jobChanged", (job) => takeJob(workspace, job)),
    host.on("stylesChanged", (styles) => store.setState({ styles })),
    host.on("engineChanged", (engine) => store.setState({ engine })),
  ];
  if (host.connection === "open") attempt(workspace, () => catchUp(workspace));
  return () => {
    for (const stop of stops) stop();
  };
}

async function catchUp(workspace: Workspace): Promise<void> {
  const { host, store } = workspace;
  const [about, styles, jobs] = await Promise.all([
    host.call("describe", {}),
    host.call("listStyles", {}),
    host.call("listJobs", {}),
    refreshProjects(workspace),
  ]);
  store.setState({
    styles,
    jobs: jobs.toSorted((a, b) => b.createdAt - a.createdAt),
    engine: {
      state: about.engine ? "ready" : "starting",
      description: about.engine,
    },
  });
  const projectId = store.getState().project?.confirmed.id;
  if (projectId)
    takeNews(workspace, await host.call("openProject", { projectId }), 0);
}
