import { Image } from "lucide-react";
import type { AssetHash } from "../../../common/document/document.ts";
import { useWorkspace } from "../../state/use-workspace.ts";

const longestSide = 640;

/** A project's thumbnail. */
export function CardPicture({ thumbnail }: { thumbnail: AssetHash | null }) {
  const { host } = useWorkspace();
  if (!thumbnail) return <Image size={24} strokeWidth={1.5} />;
  return (
    <img
      src={host.assetUrl(thumbnail, { longestSide })}
      alt=""
      draggable={false}
      loading="lazy"
    />
  );
}
