import { Popover } from "radix-ui";
import type { EngineDescription } from "../../../common/contract/engine.ts";
import { usePage } from "../../state/use-workspace.ts";
import styles from "./status.module.css";

const backendNames: Record<EngineDescription["backend"], string> = {
  tensorflow: "TensorFlow",
  wasm: "WebAssembly",
  webgpu: "WebGPU",
};

/** What Fude computes on; the reason why on a click. */
export function DeviceLabel() {
  const { state, description } = usePage((page) => page.engine);
  const connection = usePage((page) => page.connection);
  const words =
    connection === "lost"
      ? "Reconnecting…"
      : state === "lost"
        ? "Engine restarts…"
        : description
          ? `${description.device} · ${backendNames[description.backend]}`
          : "Engine starts…";
  const dot =
    connection === "lost"
      ? "lost"
      : state === "ready" && !description
        ? "starting"
        : state;
  return (
    <Popover.Root>
      <Popover.Trigger className={styles.device} data-testid="device">
        <span className={styles.deviceDot} data-state={dot} />
        {words}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={styles.popover}
          side="top"
          align="end"
          sideOffset={8}
          collisionPadding={8}
        >
          <h3 className={styles.popoverTitle}>
            {description?.device ?? "The engine is starting"}
          </h3>
          <p className={styles.popoverText}>
            {description?.reason ??
              "It says what it computes on as soon as it is ready."}
          </p>
          {description && (
            <dl className={styles.facts}>
              <dt>Backend</dt>
              <dd>{backendNames[description.backend]}</dd>
              <dt>Threads</dt>
              <dd>{description.threads}</dd>
              {Object.entries(description.versions).map(([name, version]) => (
                <Fact key={name} name={name} value={version} />
              ))}
            </dl>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
