import { type Network, networks, readNetwork } from "../studio/weights.ts";
import type { Surroundings } from "./command-line.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { resourcesFolder, withStudio } from "./with-studio.ts";

/** What it costs when a network is absent. */
const cost: Readonly<Record<Network, string>> = {
  perceptual: "the perceptual network, so no style can be trained",
  base: "the base model, so trainings start from random weights and take longer",
};

/** `fude doctor`: starts everything once and says what it found. */
export async function doctor(surroundings: Surroundings): Promise<ExitCode> {
  const { report } = surroundings;
  return withStudio(surroundings, async (studio) => {
    report.progress({ stage: "engine" }, "Starting the engine…");
    const engine = await studio.startEngine();
    const { version, dataFolder } = await studio.call("describe", {});
    const styles = (await studio.call("listStyles", {})).length;
    const missing: Network[] = [];
    for (const network of networks)
      if ((await readNetwork(resourcesFolder, network)) === null)
        missing.push(network);
    const { node } = process.versions;
    const platform = `${process.platform} ${process.arch}`;
    report.result(
      { version, node, platform, dataFolder, engine, styles, missing },
      [
        `Fude ${version} on Node ${node}, ${platform}`,
        `Library: ${dataFolder}; styles in it: ${styles}`,
        `Computes on: ${engine.device} (${engine.backend}, threads: ${engine.threads})`,
        `Why: ${engine.reason}`,
        ...missing.map((network) => `Missing: ${cost[network]}`),
      ].join("\n"),
    );
    return exitCodes.done;
  });
}
