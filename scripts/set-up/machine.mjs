import { existsSync, readFileSync } from "node:fs";
import { run } from "./run.mjs";

/** Whether an NVIDIA driver is at work here. */
export async function hasNvidia() {
  if (process.platform === "linux")
    return existsSync("/proc/driver/nvidia/version");
  return (await run("nvidia-smi", ["-L"], { timeout: 5_000 })).ok;
}

/** Whether a window could be shown. */
export function hasDisplay() {
  return (
    process.platform !== "linux" ||
    Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
  );
}

/**
 * Installs a Debian package where that harms nobody: as root, in CI or a container. Never on a person's own machine.
 * @param {string} name
 * @returns {Promise<string | null>} null when it was installed, else why not
 */
export async function installWithApt(name) {
  if (process.platform !== "linux") return "this is not Debian";
  if (process.getuid?.() !== 0) return "that needs root";
  if (!process.env.CI && !isContainer())
    return "nothing is installed system-wide on a machine of your own";
  if (!existsSync("/usr/bin/apt-get")) return "apt is not here";
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    timeout: 300_000,
  };
  const install = ["install", "-y", "--no-install-recommends", name];
  if ((await run("apt-get", install, options)).ok) return null;
  await run("apt-get", ["update"], options);
  const { ok, why } = await run("apt-get", install, options);
  return ok ? null : why;
}

function isContainer() {
  if (process.env.container || process.env.KUBERNETES_SERVICE_HOST) return true;
  if (existsSync("/.dockerenv") || existsSync("/run/.containerenv"))
    return true;
  try {
    return /docker|containerd|kubepods|lxc/.test(
      readFileSync("/proc/1/cgroup", "utf8"),
    );
  } catch {
    return false;
  }
}
