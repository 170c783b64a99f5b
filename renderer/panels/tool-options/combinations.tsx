import {
  type LucideIcon,
  Square,
  SquaresIntersect,
  SquaresSubtract,
  SquaresUnite,
} from "lucide-react";
import {
  type Combination,
  combinations,
} from "../../../common/selection/combine.ts";
import { setToolOptions } from "../../state/tool-options.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { IconButton } from "../controls/icon-button.tsx";
import styles from "./tool-options.module.css";

const looks: Record<Combination, { label: string; icon: LucideIcon }> = {
  replace: { label: "New selection", icon: Square },
  add: { label: "Add to selection (Shift)", icon: SquaresUnite },
  subtract: { label: "Subtract from selection (Alt)", icon: SquaresSubtract },
  intersect: {
    label: "Intersect with selection (Shift and Alt)",
    icon: SquaresIntersect,
  },
};

/** What a new selection does to the one that is there. */
export function Combinations() {
  const workspace = useWorkspace();
  const current = usePage((state) => state.toolOptions.combination);
  return (
    <span className={styles.group}>
      {combinations.map((combination) => (
        <IconButton
          key={combination}
          {...looks[combination]}
          pressed={combination === current}
          small
          onClick={() => setToolOptions(workspace, { combination })}
        />
      ))}
    </span>
  );
}
