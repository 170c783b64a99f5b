import { Failure } from "../../common/failure.ts";

/** A checkpoint whose bytes cannot be what PyTorch wrote. */
export function damagedCheckpoint(
  name: string,
  fault: string,
  cause?: unknown,
): Failure {
  return new Failure("damaged", `${name} is damaged: ${fault}.`, {
    subject: name,
    hint: "Copy or download it again.",
    cause,
  });
}

/** A checkpoint that holds what Fude does not take. */
export function unsupportedCheckpoint(name: string, what: string): Failure {
  return new Failure("unsupported", `${name} cannot be read: ${what}.`, {
    subject: name,
    hint: "Fude reads files that hold nothing but named tensors: what torch.save(network.state_dict(), …) writes.",
  });
}

/** Texts come from the file: shortened, and with control characters made visible. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
