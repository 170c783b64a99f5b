import { Plus } from "lucide-react";
import { Popover } from "radix-ui";
import type { StyledLayer } from "../../../common/document/document.ts";
import { takeStylePictures } from "../../state/instant-styles.ts";
import { cornersOf } from "../../state/mix-pad.ts";
import { clearCorner, giveCorner } from "../../state/mixing.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { useFileDrop } from "../controls/use-file-drop.ts";
import { StyleChooser } from "./style-chooser.tsx";
import pad from "./style-pad.module.css";
import { StylePicture } from "./style-picture.tsx";

const places = ["upper left", "upper right", "lower left", "lower right"];

interface Properties {
  layer: StyledLayer;
  corner: number;
}

/** A corner of the pad: the style that it stands for, or, at the first empty one, the way to one. */
export function PadCorner({ layer, corner }: Properties) {
  const workspace = useWorkspace();
  const styles = usePage((state) => state.styles);
  const corners = cornersOf(layer.style);
  const own = corners[corner];
  const style = styles?.find(({ id }) => id === own?.model);
  const first = styles?.find(({ id }) => id === layer.style.model);
  const give = (chosen: Parameters<typeof giveCorner>[3]) =>
    giveCorner(workspace, layer, corner, chosen);
  const drop = useFileDrop((chosen) =>
    takeStylePictures(workspace, chosen, give),
  );
  if (corner > corners.length)
    return <span className={pad.corner} data-corner={corner} data-empty />;
  const mixes = first?.mixes ?? true;
  const closed = layer.locked || (own === undefined && !mixes);
  const name = own ? (style?.name ?? "Missing") : null;
  const label =
    own && corners.length > 1
      ? `${name}, ${Math.round(own.share * 100)} %, ${places[corner]}`
      : (name ?? "Mix in another style");
  const why = mixes
    ? label
    : `${first?.name} has a generator of its own and cannot be mixed.`;
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <button
          type="button"
          className={pad.corner}
          data-corner={corner}
          data-testid={`pad-corner-${corner}`}
          aria-label={label}
          title={closed ? why : label}
          disabled={closed}
          {...(closed ? {} : drop)}
        >
          {style ? (
            <StylePicture style={style} />
          ) : own ? (
            "?"
          ) : (
            <Plus size={16} strokeWidth={1.75} />
          )}
        </button>
      </Popover.Trigger>
      <StyleChooser
        present={own?.model ?? null}
        alone={corners.length === 1 && corner === 0}
        onChoose={give}
        onRemove={
          own && corners.length > 1
            ? () => clearCorner(workspace, layer, corner)
            : undefined
        }
      />
    </Popover.Root>
  );
}
