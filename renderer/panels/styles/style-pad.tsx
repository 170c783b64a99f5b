import { useRef } from "react";
import type { StyledLayer } from "../../../common/document/document.ts";
import { cornersOf, placeOf } from "../../state/mix-pad.ts";
import {
  cancelMix,
  commitMix,
  previewMix,
  sharesInWords,
} from "../../state/mixing.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { PadCorner } from "./pad-corner.tsx";
import pad from "./style-pad.module.css";
import { usePadKeys } from "./use-pad-keys.ts";
import { usePadPointer } from "./use-pad-pointer.ts";

const corners = [0, 1, 2, 3];

/** Mixes up to four styles, one at each corner, by how near the puck lies to them. */
export function StylePad({ layer }: { layer: StyledLayer }) {
  const workspace = useWorkspace();
  const styles = usePage((state) => state.styles);
  const field = useRef<HTMLDivElement>(null);
  const mixed = cornersOf(layer.style);
  const place = placeOf(mixed.map(({ share }) => share));
  const idle = layer.locked || mixed.length === 1;
  const hand = {
    idle,
    place,
    onPreview: (to: typeof place) => previewMix(workspace, layer, to),
    onCommit: (to: typeof place) => commitMix(workspace, layer, to),
    onCancel: () => cancelMix(workspace, layer.id),
  };
  const pointer = usePadPointer(field, hand);
  const keys = usePadKeys(hand);
  const shares = sharesInWords(styles, layer.style);
  return (
    <div
      className={pad.pad}
      data-idle={idle}
      data-testid="style-pad"
      {...pointer}
    >
      {corners.map((corner) => (
        <PadCorner key={corner} layer={layer} corner={corner} />
      ))}
      <div ref={field} className={pad.field} data-count={mixed.length}>
        {mixed.length > 1 && (
          <div
            className={pad.puck}
            role="slider"
            aria-label="Mix of styles"
            aria-roledescription="pad"
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(place.x * 100)}
            aria-valuetext={shares}
            aria-disabled={layer.locked}
            title={shares}
            tabIndex={layer.locked ? -1 : 0}
            style={{ left: `${place.x * 100}%`, top: `${place.y * 100}%` }}
            {...keys}
          />
        )}
      </div>
    </div>
  );
}
