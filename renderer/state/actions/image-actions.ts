import { Crop, Frame, Scaling } from "lucide-react";
import { applyCrop } from "../resizing.ts";
import { type Action, onCanvas } from "./action.ts";

/** What changes the size of the whole picture. */
export const imageActions: readonly Action[] = [
  {
    name: "resize-image",
    label: "Image size…",
    group: "image",
    icon: Scaling,
    shortcuts: ["Mod+Alt+I"],
    applies: onCanvas,
    perform: ({ store }) => store.setState({ sizing: "image" }),
  },
  {
    name: "resize-canvas",
    label: "Canvas size…",
    group: "image",
    icon: Frame,
    shortcuts: ["Mod+Alt+C"],
    applies: onCanvas,
    perform: ({ store }) => store.setState({ sizing: "canvas" }),
  },
  {
    name: "apply-crop",
    label: "Crop to the frame",
    group: "image",
    icon: Crop,
    startsSection: true,
    applies: (state) => onCanvas(state) && state.crop !== null,
    perform: applyCrop,
  },
];
