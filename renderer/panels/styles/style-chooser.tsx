import { ImagePlus, Trash2 } from "lucide-react";
import { Popover } from "radix-ui";
import type { Style } from "../../../common/contract/studio.ts";
import { chooseStylePictures } from "../../state/instant-styles.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import pad from "./style-pad.module.css";
import { StylePicture } from "./style-picture.tsx";

interface Properties {
  /** The style at this corner, if there is one. */
  present: string | null;
  /** Whether styles that do not mix can be chosen too. */
  alone: boolean;
  onChoose: (style: Style) => void;
  /** Absent where there is nothing to take away. */
  onRemove?: (() => void) | undefined;
}

/** What a corner of the pad can hold, by thumbnail. */
export function StyleChooser({
  present,
  alone,
  onChoose,
  onRemove,
}: Properties) {
  const workspace = useWorkspace();
  const styles = usePage((state) => state.styles) ?? [];
  return (
    <Popover.Portal>
      <Popover.Content
        className={pad.chooser}
        side="left"
        sideOffset={8}
        collisionPadding={12}
        aria-label="Choose a style"
      >
        <div className={pad.choices}>
          {styles
            .filter((style) => style.mixes || alone)
            .map((style) => (
              <Popover.Close asChild key={style.id}>
                <button
                  type="button"
                  className={pad.choice}
                  aria-label={style.name}
                  aria-pressed={style.id === present}
                  title={style.name}
                  onClick={() => onChoose(style)}
                >
                  <StylePicture style={style} />
                </button>
              </Popover.Close>
            ))}
        </div>
        <Popover.Close asChild>
          <button
            type="button"
            className={pad.command}
            onClick={() => chooseStylePictures(workspace, onChoose)}
          >
            <ImagePlus size={16} strokeWidth={1.75} />
            From a picture…
          </button>
        </Popover.Close>
        {onRemove && (
          <Popover.Close asChild>
            <button type="button" className={pad.command} onClick={onRemove}>
              <Trash2 size={16} strokeWidth={1.75} />
              Take out of the mix
            </button>
          </Popover.Close>
        )}
      </Popover.Content>
    </Popover.Portal>
  );
}
