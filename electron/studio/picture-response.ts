import type { StudioClient } from "../../common/contract/studio.ts";
import { Failure } from "../../common/failure.ts";

/** What addresses of whole pictures look like; everything else is not theirs. */
export const picturePath = /^\/pictures\/([A-Za-z0-9-]{1,64})\.png$/;

/**
 * Answers requests for what a project looks like now, the same under every host: `/pictures/<project>.png`, for pictures
 * that are dragged out of the window. It is made when it is asked for and never cached.
 * @returns 200, or 404 for whatever is no project
 */
export function createPictureResponder(
  studio: Pick<StudioClient, "call">,
): (url: URL) => Promise<Response> {
  return async (url) => {
    const projectId = picturePath.exec(url.pathname)?.[1];
    if (projectId === undefined) return refusal("There is no such picture.");
    try {
      const { bytes } = await studio.call("exportProject", {
        projectId,
        format: "png",
      });
      return new Response(new Uint8Array(bytes), {
        headers: {
          "content-type": "image/png",
          "content-length": String(bytes.length),
          "cache-control": "no-store",
        },
      });
    } catch (error) {
      return refusal(Failure.from(error).message);
    }
  };
}

function refusal(sentence: string): Response {
  return new Response(sentence, {
    status: 404,
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "no-store",
    },
  });
}
