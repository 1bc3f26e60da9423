// Files as people drop them: the parts of a shapefile lie side by side, a file geodatabase is a folder. Each becomes one zip.

/** A file with its path below what was dropped. */
export interface DroppedFile {
  path: string;
  file: File;
}

const SHAPEFILE_PART = /\.(shp|shx|dbf|prj|cpg|qpj|sbn|sbx|qix|shp\.xml)$/i;
const SHAPES = /\.shp$/i;
const GEODATABASE = /^(?:.*\/)?([^/]+\.gdb)\//i;
/** What offices leave lying beside their files. */
const HIDDEN = /(^|\/)(\.|~\$|__MACOSX\/|Thumbs\.db$|desktop\.ini$)/i;

/** One file each, to be sent; parts of a shapefile without its .shp stay alone. Rejects where one cannot be read. */
export async function bundled(dropped: readonly DroppedFile[]): Promise<File[]> {
  const groups = new Map<string, DroppedFile[]>();
  for (const one of dropped) {
    if (HIDDEN.test(one.path)) continue;
    const key = groupOf(one.path);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const files = [...groups].map(async ([name, parts]) => {
    const whole = parts.length > 1 && (GEODATABASE.test(name) || parts.some(({ path }) => SHAPES.test(path)));
    return whole ? [await zipOf(`${nameOf(name)}.zip`, parts)] : parts.map(({ file }) => file);
  });
  return (await Promise.all(files)).flat();
}

/** The folder of a geodatabase with its path, a shapefile without its ending; any other file is a group of its own. */
function groupOf(path: string): string {
  const [geodatabase] = GEODATABASE.exec(path) ?? [];
  if (geodatabase !== undefined) return geodatabase;
  return SHAPEFILE_PART.test(path) ? path.replace(SHAPEFILE_PART, '') : `${path}/`;
}

const nameOf = (group: string): string => group.replace(/\/$/, '').replace(/^.*\//, '');

async function zipOf(name: string, parts: readonly DroppedFile[]): Promise<File> {
  const { zip } = await import('fflate');
  const entries = await Promise.all(parts.map(async ({ path, file }) => [within(path), new Uint8Array(await file.arrayBuffer())] as const));
  const packed = await new Promise<Uint8Array>((resolve, reject) => {
    zip(Object.fromEntries(entries), { level: 1 }, (error, data) => (error === null ? resolve(data) : reject(error)));
  });
  return new File([packed as Uint8Array<ArrayBuffer>], name);
}

/** Path within the zip: the folder of a geodatabase is kept, others are not. */
function within(path: string): string {
  const [whole = '', geodatabase] = GEODATABASE.exec(path) ?? [];
  return geodatabase === undefined ? path.replace(/^.*\//, '') : `${geodatabase}/${path.slice(whole.length)}`;
}

/** Everything that was dropped, folders opened. Rejects where one cannot be read. */
export async function droppedFiles(data: DataTransfer): Promise<DroppedFile[]> {
  const entries = [...data.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (entries.length === 0) return [...data.files].map((file) => ({ path: file.name, file }));
  return (await Promise.all(entries.map(filesBelow))).flat();
}

async function filesBelow(entry: FileSystemEntry): Promise<DroppedFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ path: entry.fullPath.replace(/^\//, ''), file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: DroppedFile[] = [];
  for (;;) {
    // The browser hands a large folder out in parts.
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (part.length === 0) return found;
    found.push(...(await Promise.all(part.map(filesBelow))).flat());
  }
}
