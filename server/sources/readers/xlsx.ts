// XLSX, read as a stream: a sheet of a million rows is never in memory as XML. Formulas count with the value that was stored.
import { posix } from 'node:path';
import { describeLayer } from '../../../core/sources/describe-layer.ts';
import { type Table, TableReader } from '../../../core/sources/table.ts';
import { withZip, type ZipEntry } from '../safe-zip.ts';
import { unusable } from '../source-file.ts';
import { chosenLayer } from './chosen-layer.ts';
import type { SourceReader } from './reader.ts';
import { readSheet, type SheetTexts } from './xlsx-sheet.ts';
import { readXml } from './xml.ts';

interface Sheet {
  readonly name: string;
  readonly entry: ZipEntry;
}

interface Workbook {
  readonly sheets: readonly Sheet[];
  readonly texts: SheetTexts;
}

export const xlsxReader: SourceReader = {
  inspect: (file) =>
    withZip(file, async (entries) => {
      const { sheets, texts } = await openWorkbook(entries);
      const layers = [];
      for (const { name, entry } of sheets) {
        const { features, fields, headerRow } = await readTable(entry, texts);
        if (headerRow === null) continue;
        layers.push({ ...describeLayer(name, features, { claimedCrs: null, encoding: null }, fields), headerRow });
      }
      if (layers.length === 0) throw unusable('file-empty');
      return { layers, attribution: null };
    }),
  read: (file, { layer }) =>
    withZip(file, async (entries) => {
      const { sheets, texts } = await openWorkbook(entries);
      const { name, entry } = chosenLayer(sheets, layer);
      const { features, numbers, findings } = await readTable(entry, texts);
      return { layer: name, features, numbers, synthetic: false, claimedCrs: null, attribution: null, findings };
    }),
};

async function readTable(entry: ZipEntry, texts: SheetTexts): Promise<Table> {
  const reader = new TableReader();
  await readSheet(entry, texts, reader);
  return reader.finish();
}

const BOOK = 'xl/workbook.xml';

async function openWorkbook(entries: readonly ZipEntry[]): Promise<Workbook> {
  const named = new Map(entries.map((entry) => [entry.name.toLowerCase(), entry]));
  const part = (name: string): ZipEntry | undefined => named.get(name.toLowerCase());
  const [book, relations] = [part(BOOK), part('xl/_rels/workbook.xml.rels')];
  if (!book || !relations) throw unusable('file-broken', { reason: BOOK });
  const targets = new Map<string, string>();
  await readXml(relations, {
    open(tag, attributes) {
      if (tag === 'Relationship') targets.set(attributes.Id ?? '', posix.resolve('/xl', attributes.Target ?? '').slice(1));
    },
  });
  const sheets: Sheet[] = [];
  let from1904 = false;
  await readXml(book, {
    open(tag, attributes) {
      if (tag === 'workbookPr') from1904 = attributes.date1904 === '1' || attributes.date1904 === 'true';
      const entry = tag === 'sheet' ? part(targets.get(relationOf(attributes)) ?? '') : undefined;
      if (entry) sheets.push({ name: attributes.name ?? '', entry });
    },
  });
  if (sheets.length === 0) throw unusable('file-empty');
  return {
    sheets,
    texts: { shared: await sharedTexts(part('xl/sharedStrings.xml')), dates: await dateStyles(part('xl/styles.xml')), from1904 },
  };
}

/** Mostly `r:id`, but a writer may abbreviate the name space in its own way. */
const relationOf = (attributes: Readonly<Record<string, string>>): string =>
  attributes['r:id'] ?? Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';

/** Phonetic guides are no part of a text. */
async function sharedTexts(entry: ZipEntry | undefined): Promise<string[]> {
  const texts: string[] = [];
  let [text, inText, inGuide] = ['', false, false];
  if (!entry) return texts;
  await readXml(entry, {
    open(tag) {
      if (tag === 'si') text = '';
      inText = tag === 't';
      if (tag === 'rPh') inGuide = true;
    },
    text(part) {
      if (inText && !inGuide) text += part;
    },
    close(tag) {
      if (tag === 't') inText = false;
      if (tag === 'rPh') inGuide = false;
      if (tag === 'si') texts.push(text);
    },
  });
  return texts;
}

/** Formats of days that have numbers of their own (ECMA-376, 18.8.30), those of East Asia among them. */
const isBuiltInDate = (format: number): boolean =>
  (format >= 14 && format <= 22) || (format >= 27 && format <= 36) || (format >= 45 && format <= 47) || (format >= 50 && format <= 58);

/** Which styles of cells show a number as a day. */
async function dateStyles(entry: ZipEntry | undefined): Promise<Set<number>> {
  const styles = new Set<number>();
  const formats = new Set<number>();
  let inCells = false;
  let style = 0;
  if (!entry) return styles;
  await readXml(entry, {
    open(tag, { numFmtId, formatCode = '' }) {
      if (tag === 'numFmt' && /[ymd]/i.test(formatCode.replaceAll(/"[^"]*"|\[[^\]]*\]|\\./g, ''))) formats.add(Number(numFmtId));
      if (tag === 'cellXfs') inCells = true;
      if (tag !== 'xf' || !inCells) return;
      if (isBuiltInDate(Number(numFmtId)) || formats.has(Number(numFmtId))) styles.add(style);
      style += 1;
    },
    close(tag) {
      if (tag === 'cellXfs') inCells = false;
    },
  });
  return styles;
}
