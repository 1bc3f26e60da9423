// The point of a table's row, from the two columns that hold its coordinates.
import type { Point } from 'geojson';
import type { SourceChoice } from '../../api/import-messages.ts';
import { cellText } from './cell-text.ts';

/** 100°12′30.5″E, 100度12分30.5秒: degrees, minutes, seconds. */
const SEXAGESIMAL =
  /^[EN东北]?\s*(\d{1,3})[°度]\s*(?:(\d{1,2}(?:\.\d+)?)[′'’分])?\s*(?:(\d{1,2}(?:\.\d+)?)(?:[″"”秒]|''|’’|′′))?\s*[EN东北]?$/i;

/** In the coordinates of the file; null: the row has none, or they cannot be read. */
export function pointOf(properties: Readonly<Record<string, unknown>> | null, { lon, lat }: SourceChoice['fields']): Point | null {
  if (!lon || !lat) return null;
  const [x, y] = [coordinateOf(properties?.[lon]), coordinateOf(properties?.[lat])];
  return x === null || y === null ? null : { type: 'Point', coordinates: [x, y] };
}

/** A number, or degrees, minutes and seconds, from a cell; null: neither. */
function coordinateOf(cell: unknown): number | null {
  const text = cellText(cell).normalize('NFKC').trim();
  const plain = text.replace(/[°度]$/, '');
  if (/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(plain)) return Number(plain);
  const parts = SEXAGESIMAL.exec(text);
  if (!parts) return null;
  const [degrees, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0)) as [number, number, number];
  return minutes < 60 && seconds < 60 ? degrees + minutes / 60 + seconds / 3600 : null;
}
