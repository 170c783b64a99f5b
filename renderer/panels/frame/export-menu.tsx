import { ChevronDown, LoaderCircle } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { exportChoices, exportProject } from "../../state/exporting.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import controls from "../controls/controls.module.css";

/** Takes the work out, as one of the formats. */
export function ExportMenu() {
  const workspace = useWorkspace();
  const exporting = usePage((state) => state.exporting);
  const open = usePage((state) => state.project !== null);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className={controls.button}
        data-tone="accent"
        disabled={!open || exporting}
      >
        {exporting ? "Exporting…" : "Export"}
        {exporting ? (
          <LoaderCircle size={14} className={controls.spin} />
        ) : (
          <ChevronDown size={14} />
        )}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={controls.menu}
          align="end"
          sideOffset={6}
          loop
        >
          {exportChoices.map(({ format, label, about }) => (
            <DropdownMenu.Item
              key={format}
              className={controls.item}
              data-testid={`export-${format}`}
              onSelect={() => exportProject(workspace, format)}
            >
              <span className={controls.itemLabel}>
                {label}
                <span className={controls.itemAbout}>{about}</span>
              </span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
