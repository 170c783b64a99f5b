/** Files that the artist dropped or chose, in the order of their names. */
export interface ChosenFiles {
  /** The folder they came from, or "". */
  readonly folder: string;
  readonly files: readonly File[];
}

/** Files that systems leave in folders; nobody means them. */
const litter = /^(\.|Thumbs\.db$|desktop\.ini$)/i;

const byName = new Intl.Collator(undefined, { numeric: true });

function chosen(folder: string, files: readonly File[]): ChosenFiles {
  return {
    folder,
    files: files
      .filter((file) => !litter.test(file.name))
      .toSorted((a, b) =>
        byName.compare(
          a.webkitRelativePath || a.name,
          b.webkitRelativePath || b.name,
        ),
      ),
  };
}

/** From a file or folder input. */
function filesOfInput(list: FileList): ChosenFiles {
  const files = [...list];
  return chosen(files[0]?.webkitRelativePath.split("/")[0] ?? "", files);
}

/**
 * From a drop or a paste; folders are walked to their ends. Call it within the event: the browser forgets its items
 * after.
 */
export async function filesOfTransfer(
  transfer: DataTransfer,
): Promise<ChosenFiles> {
  const entries = [...transfer.items].flatMap((item) => {
    const entry = item.kind === "file" ? item.webkitGetAsEntry() : null;
    return entry ? [entry] : [];
  });
  // A pasted picture is a file without an entry.
  if (entries.length === 0) return chosen("", [...transfer.files]);
  const files = (await Promise.all(entries.map(filesBelow))).flat();
  const only = entries.length === 1 ? entries[0] : undefined;
  return chosen(only?.isDirectory ? only.name : "", files);
}

async function filesBelow(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) {
    return [
      await new Promise<File>((resolve, reject) =>
        (entry as FileSystemFileEntry).file(resolve, reject),
      ),
    ];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const files: File[] = [];
  // The reader hands out a hundred entries at a time, and none when it is done.
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (batch.length === 0) return files;
    files.push(...(await Promise.all(batch.map(filesBelow))).flat());
  }
}

/** Asks for files with the system's dialog; nothing comes back when the artist closes it. */
export function askForFiles(options: {
  accept?: string;
  folder?: boolean;
}): Promise<ChosenFiles> {
  return new Promise((resolve) => {
    const input = document.createElement("input");
    input.type = "file";
    input.multiple = true;
    input.accept = options.accept ?? "";
    input.webkitdirectory = options.folder ?? false;
    const answer = (chosen: ChosenFiles) => {
      input.remove();
      resolve(chosen);
    };
    input.onchange = () =>
      answer(
        input.files ? filesOfInput(input.files) : { folder: "", files: [] },
      );
    input.oncancel = () => answer({ folder: "", files: [] });
    // Outside the document Chromium collects it while its dialog is open, and the answer with it.
    input.hidden = true;
    document.body.append(input);
    input.click();
  });
}

/** What the studio can read; shown first in the system's dialog. */
export const acceptedPictures =
  ".png,.jpg,.jpeg,.webp,.tif,.tiff,.avif,.gif,.psd,.psb,image/*";

/** Whether a file is a project of its own rather than a picture. */
export function isProjectFile(name: string): boolean {
  return /\.fude$/i.test(name);
}
