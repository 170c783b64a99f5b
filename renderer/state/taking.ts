import type { DropSpot } from "./drop-spot.ts";
import type { ChosenFiles } from "./files.ts";
import { takePictures } from "./projects.ts";
import { takeFolder } from "./training.ts";
import type { Workspace } from "./workspace.ts";

/** Takes files in: a folder is for learning from, and so is everything in the train room; all else is for the canvas. */
export async function takeFiles(
  workspace: Workspace,
  chosen: ChosenFiles,
  spot?: DropSpot,
): Promise<void> {
  if (chosen.folder === "" && workspace.store.getState().room !== "train") {
    await takePictures(workspace, chosen.files, spot);
    return;
  }
  workspace.store.setState({ room: "train", shownTraining: null });
  await takeFolder(workspace, "drawings", chosen);
}
