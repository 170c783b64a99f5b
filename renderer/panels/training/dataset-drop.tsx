import { CircleAlert, FolderPlus, type LucideIcon, X } from "lucide-react";
import { askForFiles } from "../../state/files.ts";
import { attempt } from "../../state/notices.ts";
import {
  type DatasetKind,
  forgetFolder,
  takeFolder,
} from "../../state/training.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { IconButton } from "../controls/icon-button.tsx";
import { useFileDrop } from "../controls/use-file-drop.ts";
import styles from "./dataset.module.css";
import { notesWords } from "./training-words.ts";

const thumbnailSide = 160;

interface Properties {
  kind: DatasetKind;
  title: string;
  about: string;
  icon: LucideIcon;
}

/** Takes a folder of pictures and shows what the studio says of each. */
export function DatasetDrop({ kind, title, about, icon: Icon }: Properties) {
  const workspace = useWorkspace();
  const draft = usePage((state) => state.draft[kind]);

  const choose = () =>
    attempt(workspace, async () => {
      const chosen = await askForFiles({ folder: true });
      if (chosen.files.length > 0) await takeFolder(workspace, kind, chosen);
    });
  const drop = useFileDrop((chosen) => takeFolder(workspace, kind, chosen));

  if (draft.total === 0) {
    return (
      <button
        type="button"
        className={styles.drop}
        data-kind={kind}
        data-testid={`choose-${kind}`}
        onClick={choose}
        {...drop}
      >
        <Icon size={kind === "drawings" ? 28 : 20} strokeWidth={1.5} />
        <span>
          <strong className={styles.dropTitle}>{title}</strong>
          <span className={styles.dropAbout}>{about}</span>
        </span>
      </button>
    );
  }
  const accepted = draft.dataset?.accepted ?? [];
  const refused = draft.dataset?.refused ?? [];
  const noted = accepted.filter(({ note }) => note !== null);
  const checking = draft.sent < draft.total;
  return (
    <section
      className={styles.dataset}
      aria-label={title}
      data-testid={`dataset-${kind}`}
      {...drop}
    >
      <header className={styles.datasetHeader}>
        <span className={styles.datasetName}>{draft.folder || title}</span>
        <span className={styles.datasetCount} role="status">
          {checking
            ? `Checking ${draft.sent} of ${draft.total}…`
            : `${accepted.length} good${refused.length > 0 ? `, ${refused.length} refused` : ""}`}
        </span>
        <IconButton label="Add more" icon={FolderPlus} small onClick={choose} />
        <IconButton
          label="Remove"
          icon={X}
          small
          onClick={() => forgetFolder(workspace, kind)}
        />
      </header>
      {checking && (
        <span className={styles.checking}>
          <span
            className={styles.checkingBar}
            style={{ transform: `scaleX(${draft.sent / draft.total})` }}
          />
        </span>
      )}
      {accepted.length > 0 && (
        <ul className={styles.thumbnails} aria-label="Accepted">
          {accepted.map((picture) => (
            <li key={picture.asset}>
              <img
                src={workspace.host.assetUrl(picture.asset, {
                  longestSide: thumbnailSide,
                })}
                alt={picture.name}
                title={
                  picture.note === null
                    ? picture.name
                    : `${picture.name}\n${picture.note}`
                }
                loading="lazy"
                draggable={false}
              />
            </li>
          ))}
        </ul>
      )}
      {noted.length > 0 && <p className={styles.notes}>{notesWords(noted)}</p>}
      {refused.length > 0 && (
        <ul
          className={styles.refused}
          aria-label="Refused"
          data-testid={`refused-${kind}`}
        >
          {refused.map((file, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two files of one name can be refused
            <li key={index} className={styles.refusal}>
              <CircleAlert size={14} />
              <span>
                {/* Most reasons are sentences about the file by its name. */}
                {!file.reason.includes(file.name) && (
                  <strong>{file.name}: </strong>
                )}
                {file.reason}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
