import { mostStylePictures } from "../../common/contract/engine.ts";
import type { Style } from "../../common/contract/studio.ts";
import { Failure } from "../../common/failure.ts";
import { acceptedPictures, askForFiles, type ChosenFiles } from "./files.ts";
import { attempt } from "./notices.ts";
import type { PendingStyle } from "./page-state.ts";
import { pickStyle } from "./styling.ts";
import type { Workspace } from "./workspace.ts";

/** Asks for a picture to paint like. @param give see `takeStylePictures` */
export function chooseStylePictures(
  workspace: Workspace,
  give?: (style: Style) => void,
): Promise<void> {
  return attempt(workspace, async () => {
    const chosen = await askForFiles({ accept: acceptedPictures });
    if (chosen.files.length > 0)
      await takeStylePictures(workspace, chosen, give);
  });
}

/**
 * Makes one style of pictures.
 * @param give what becomes of it; without it goes to what is selected, as if it had been picked
 */
export function takeStylePictures(
  workspace: Workspace,
  { files, folder }: ChosenFiles,
  give = (style: Style) => pickStyle(workspace, style),
): Promise<void> {
  return attempt(workspace, async () => {
    const [first] = files;
    if (first === undefined)
      throw new Failure("invalid", `There are no files in ${folder}.`, {
        hint: "Drop a picture to paint like.",
      });
    if (files.length > mostStylePictures)
      throw new Failure(
        "invalid",
        `A style is made of ${mostStylePictures} pictures at most, and these are ${files.length}.`,
        { hint: "Train a style from a folder of that many." },
      );
    const projectId = workspace.store.getState().project?.confirmed.id;
    const style = await whilePending(workspace, first, async () =>
      workspace.host.call("styleFromPictures", {
        pictures: await Promise.all(
          files.map(async (file) => ({
            name: file.name,
            bytes: new Uint8Array(await file.arrayBuffer()),
          })),
        ),
      }),
    );
    if (workspace.store.getState().project?.confirmed.id === projectId)
      give(style);
  });
}

/** Shows the picture among the styles for as long as its style is being made. */
async function whilePending<Result>(
  { store }: Workspace,
  file: File,
  work: () => Promise<Result>,
): Promise<Result> {
  const pending: PendingStyle = {
    id: crypto.randomUUID(),
    name: file.name.replace(/\.\w+$/, ""),
    picture: URL.createObjectURL(file),
  };
  store.setState(({ pendingStyles }) => ({
    pendingStyles: [pending, ...pendingStyles],
  }));
  try {
    return await work();
  } finally {
    URL.revokeObjectURL(pending.picture);
    store.setState(({ pendingStyles }) => ({
      pendingStyles: pendingStyles.filter(({ id }) => id !== pending.id),
    }));
  }
}
