import { Failure } from "../../../common/failure.ts";

/** Most pixels of a picture: what a canvas holds. */
const maximumPixels = 2 ** 28;
/** Longest side of a picture, as a canvas has it. */
const maximumPictureSide = 32_767;

/** Checks the size that a file declares before anything is decoded. @throws Failure `too-large`, or `damaged` where there is no size */
export function refuseTooLarge(
  name: string,
  width: number,
  height: number,
): void {
  if (!(width > 0 && height > 0))
    throw new Failure("damaged", `${name} is damaged: it has no size`, {
      subject: name,
    });
  if (
    width * height > maximumPixels ||
    Math.max(width, height) > maximumPictureSide
  )
    throw new Failure(
      "too-large",
      `${name} is too large: ${width} × ${height} pixels`,
      {
        subject: name,
        hint: `Fude takes up to ${maximumPictureSide} pixels a side and ${Math.floor(maximumPixels / 1e6)} million in all.`,
      },
    );
}
