import type { Region } from "../../../common/document/region.ts";
import { frameOfRatio, frameOfSize } from "../../canvas/crop-frame.ts";
import { pageOf } from "../../state/area.ts";
import { applyCrop, cropFrame, showFrame } from "../../state/resizing.ts";
import { setToolOptions } from "../../state/tool-options.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { Button } from "../controls/button.tsx";
import { NumberField } from "../controls/number-field.tsx";
import styles from "./tool-options.module.css";

const ratios = [
  ["1 : 1", 1],
  ["4 : 3", 4 / 3],
  ["3 : 2", 3 / 2],
  ["16 : 9", 16 / 9],
  ["3 : 4", 3 / 4],
  ["2 : 3", 2 / 3],
  ["9 : 16", 9 / 16],
] as const;

/** How a crop's frame is drawn, and how large it is. */
export function CropOptions() {
  const workspace = useWorkspace();
  const document = usePage((state) => state.project?.document);
  const crop = usePage((state) => state.crop);
  const ratio = usePage((state) => state.toolOptions.cropRatio);
  if (!document) return null;
  const page = pageOf(document);
  const frame = cropFrame(workspace.store.getState());
  const show = (next: Region) => showFrame(workspace, next);
  const setRatio = (next: number | null) => {
    setToolOptions(workspace, { cropRatio: next });
    if (next !== null) show(frameOfRatio(crop ?? page, next));
  };
  const setSize = (width: number, height: number) =>
    show(frameOfSize(frame, width, height));
  return (
    <>
      <label className={styles.toggle}>
        Ratio
        <select
          className={styles.select}
          value={ratio ?? "free"}
          onChange={({ currentTarget: { value } }) =>
            setRatio(value === "free" ? null : Number(value))
          }
        >
          <option value="free">Free</option>
          <option value={page.width / page.height}>As it is</option>
          {ratios
            .filter(([, value]) => value !== page.width / page.height)
            .map(([name, value]) => (
              <option key={name} value={value}>
                {name}
              </option>
            ))}
        </select>
      </label>
      <span className={styles.fields}>
        <NumberField
          label="Width"
          short="W"
          unit="px"
          value={frame.width}
          min={1}
          max={300_000}
          onChange={(width) =>
            setSize(
              Math.round(width),
              ratio === null
                ? frame.height
                : Math.max(1, Math.round(width / ratio)),
            )
          }
        />
        <NumberField
          label="Height"
          short="H"
          unit="px"
          value={frame.height}
          min={1}
          max={300_000}
          onChange={(height) =>
            setSize(
              ratio === null
                ? frame.width
                : Math.max(1, Math.round(height * ratio)),
              Math.round(height),
            )
          }
        />
      </span>
      {crop ? (
        <span className={styles.fields}>
          <Button tone="accent" onClick={() => applyCrop(workspace)}>
            Crop
          </Button>
          <Button tone="quiet" onClick={() => showFrame(workspace, null)}>
            Cancel
          </Button>
        </span>
      ) : (
        <span className={`${styles.hint} ${styles.spare}`}>
          Draw a frame or drag a corner; Enter crops, and nothing is thrown away
        </span>
      )}
    </>
  );
}
