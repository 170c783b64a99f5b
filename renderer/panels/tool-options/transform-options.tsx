import { Link2, Unlink2 } from "lucide-react";
import {
  type Affine,
  about,
  composed,
  inverse,
  scaling,
  translation,
  turning,
} from "../../../common/document/affine.ts";
import {
  type Box,
  boundsOf,
  pointOf,
  transformOfBox,
} from "../../canvas/transform-box.ts";
import { setToolOptions } from "../../state/tool-options.ts";
import {
  commitTransform,
  shownBox,
  transformMark,
} from "../../state/transforming.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { ActionIcon } from "../controls/action-button.tsx";
import { IconButton } from "../controls/icon-button.tsx";
import { NumberField } from "../controls/number-field.tsx";
import styles from "./tool-options.module.css";

/** Least that a side is scaled to, in percent. */
const leastPercent = 0.1;

/** Where what is selected lies, in numbers. */
export function TransformOptions() {
  const box = usePage(shownBox);
  const hasMark = usePage((state) => transformMark(state) !== null);
  if (!box)
    return (
      <span className={styles.hint}>
        Select a layer that is visible and not locked to move it
      </span>
    );
  return (
    <>
      <Numbers box={box} />
      <span className={styles.group}>
        <ActionIcon action="flip-horizontal" small />
        <ActionIcon action="flip-vertical" small />
      </span>
      {hasMark && (
        <span className={styles.group} data-testid="transform-mark">
          <ActionIcon action="accept-transform" small />
          <ActionIcon action="revert-transform" small />
        </span>
      )}
    </>
  );
}

function Numbers({ box }: { box: Box }) {
  const workspace = useWorkspace();
  const linked = usePage((state) => state.toolOptions.linked);
  const { x, y } = boundsOf(box);
  const { scaleX, scaleY, rotation } = transformOfBox(box);
  const commit = (verb: string, map: Affine) =>
    commitTransform(workspace, verb, map);
  const scale = (across: number, down: number) =>
    commit("Scale", scaledInPlace(box, across, down));
  const width = (percent: number) => {
    const by = percent / (100 * scaleX);
    scale(by, linked ? Math.abs(by) : 1);
  };
  const height = (percent: number) => {
    const by = percent / (100 * scaleY);
    scale(linked ? Math.abs(by) : 1, by);
  };
  return (
    <span className={styles.fields}>
      <NumberField
        label="X"
        unit="px"
        value={x}
        digits={1}
        onChange={(to) => commit("Move", translation(to - x, 0))}
      />
      <NumberField
        label="Y"
        unit="px"
        value={y}
        digits={1}
        onChange={(to) => commit("Move", translation(0, to - y))}
      />
      <NumberField
        label="Width"
        short="W"
        unit="%"
        value={100 * scaleX}
        digits={1}
        onChange={(percent) => width(awayFromNothing(percent))}
      />
      <IconButton
        label="Keep the aspect"
        icon={linked ? Link2 : Unlink2}
        pressed={linked}
        small
        onClick={() => setToolOptions(workspace, { linked: !linked })}
      />
      <NumberField
        label="Height"
        short="H"
        unit="%"
        value={100 * scaleY}
        digits={1}
        onChange={(percent) => height(awayFromNothing(percent))}
      />
      <NumberField
        label="Angle"
        short="∠"
        unit="°"
        value={rotation}
        digits={1}
        onChange={(degrees) =>
          commit(
            "Rotate",
            about(pointOf(box, 0, 0), turning(degrees - rotation)),
          )
        }
      />
    </span>
  );
}

/** Scales a box along its own sides about its middle. */
function scaledInPlace(box: Box, across: number, down: number): Affine {
  const { frame, size } = box;
  const middle = { x: size.width / 2, y: size.height / 2 };
  const own = about(middle, scaling(across, down));
  return composed(frame, composed(own, inverse(frame)));
}

function awayFromNothing(percent: number): number {
  if (Math.abs(percent) >= leastPercent) return percent;
  return percent < 0 ? -leastPercent : leastPercent;
}
