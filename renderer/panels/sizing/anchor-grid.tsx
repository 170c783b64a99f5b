import {
  ArrowDown,
  ArrowDownLeft,
  ArrowDownRight,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  ArrowUpLeft,
  ArrowUpRight,
  Dot,
} from "lucide-react";
import { RadioGroup } from "radix-ui";
import type { Anchor } from "../../state/resizing.ts";
import styles from "./sizing.module.css";

const places = [
  ["top left", ArrowUpLeft, 0, 0],
  ["top", ArrowUp, 0.5, 0],
  ["top right", ArrowUpRight, 1, 0],
  ["left", ArrowLeft, 0, 0.5],
  ["middle", Dot, 0.5, 0.5],
  ["right", ArrowRight, 1, 0.5],
  ["bottom left", ArrowDownLeft, 0, 1],
  ["bottom", ArrowDown, 0.5, 1],
  ["bottom right", ArrowDownRight, 1, 1],
] as const;

/** Where the picture stays on a canvas of another size. */
export function AnchorGrid({
  anchor,
  onChange,
}: {
  anchor: Anchor;
  onChange: (anchor: Anchor) => void;
}) {
  return (
    <RadioGroup.Root
      className={styles.anchors}
      aria-label="The picture stays at"
      value={`${anchor.x} ${anchor.y}`}
      onValueChange={(value) => {
        const place = places.find(([, , x, y]) => `${x} ${y}` === value);
        if (place) onChange({ x: place[2], y: place[3] });
      }}
    >
      {places.map(([name, Icon, x, y]) => (
        <RadioGroup.Item
          key={name}
          className={styles.anchor}
          value={`${x} ${y}`}
          aria-label={name}
        >
          <Icon size={16} strokeWidth={1.75} />
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
