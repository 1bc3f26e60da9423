// Tables of region codes for the tests: two real counties as their offices would send them.
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { Findings } from '../../../core/import/findings.ts';
import type { RowCollection } from '../../../core/import/read-features.ts';
import { readTable } from '../../../core/regions/read-table.ts';
import type { TableRegion } from '../../../core/regions/table.ts';

export type TableRow = Readonly<Record<string, unknown>>;

/** Rows with our field names, as the stage before hands them over. */
export const rowsOf = (rows: readonly TableRow[]): RowCollection => ({
  source: 'table.csv',
  features: rows.map((properties) => ({ type: 'Feature', geometry: null, properties })),
  synthetic: false,
});

/** The regions of the rows; every row has to be sound. */
export function tableOf(rows: readonly TableRow[]): TableRegion[] {
  const findings = new Findings();
  const table = readTable([rowsOf(rows)], findings);
  if (findings.refusals('regions') > 0) throw new Error(JSON.stringify(findings.list));
  return table;
}

/** 高台县: towns and communities as published for 2023. */
export const gaotaiRows = (): TableRow[] => published(new URL('../../../fixtures/gaotai/regions.csv', import.meta.url));

/** 黔江区, of another province, likewise. */
export const qianjiangRows = (): TableRow[] => published(new URL('qianjiang_500114.csv', import.meta.url));

function published(path: URL): TableRow[] {
  const rows: Record<string, string>[] = parse(readFileSync(path), { columns: true });
  return rows.map(({ code12, name, street9, street_name }) => ({ code: code12, name, parent: street9, parentName: street_name }));
}
