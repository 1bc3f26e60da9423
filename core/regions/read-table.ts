// Judges the rows of a table of region codes: form of the code, name, doubles, missing regions above.

import { levelOf, parentsOf } from '../geo/region.ts';
import type { Findings } from '../import/findings.ts';
import type { RowCollection } from '../import/read-features.ts';
import { textProperty } from '../import/text-property.ts';
import { CITIES_WITHOUT_COUNTIES, type TableRegion } from './table.ts';

const KIND = 'regions';
/** Provinces have 11 to 82; tables write codes with zeros behind or without, and never begin with a zero. */
const CODE_FORM = /^[1-8]\d(\d{2}|\d{4}|\d{7}|\d{10})?$/;
/** Zeros that stand for “the whole of it”, by the digits of the code that is left: 620724000000 → 620724, 620700 → 6207. */
const PADDED = /^(\d{2})0{4}$|^(\d{4})0{2}$|^(\d{2})0{10}$|^(\d{4})0{8}$|^(\d{6})0{3}$|^(\d{6})0{6}$|^(\d{9})0{3}$/;

interface NamedRow {
  readonly feature: number;
  readonly name: string;
}

/**
 * Every region of the tables, those above them included, provinces first. Refused and mended rows are told to `findings`, as kind
 * `regions`; geometry is not looked at. Fields: code, name, parent (code of the region right above), parentName; or the names of those above
 * by level: town, county, city, province.
 */
export function readTable(collections: readonly RowCollection[], findings: Findings): TableRegion[] {
  const named = new Map<string, NamedRow>();
  const above = new Map<string, NamedRow>();
  const unread = new Set<string>();
  for (const { source, features, numbers } of collections) {
    const before = findings.begin(KIND, { source, count: features.length, numbers });
    features.forEach((feature, i) => {
      const row = { feature: before + i + 1, properties: propertiesOf(feature) };
      const code = readCode(row, findings);
      const name = readName(row, findings);
      if (code === null) return;
      if (name === '' || isAstray(row, code, findings)) unread.add(code);
      else if (!isDouble(row.feature, code, name, named, findings)) {
        named.set(code, { feature: row.feature, name });
        readAbove(row, code, above, findings);
      }
    });
  }
  return complete(named, above, unread, findings);
}

interface Row {
  readonly feature: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

function propertiesOf(feature: unknown): Readonly<Record<string, unknown>> {
  const properties = typeof feature === 'object' && feature !== null && 'properties' in feature ? feature.properties : null;
  return typeof properties === 'object' && properties !== null ? (properties as Record<string, unknown>) : {};
}

function readCode({ feature, properties }: Row, findings: Findings): string | null {
  const given = textProperty(properties.code);
  if (given === '') {
    findings.refuse(KIND, 'region-code-missing', { feature, field: 'code' });
    return null;
  }
  const code = withoutPadding(given);
  if (!CODE_FORM.test(code)) {
    findings.refuse(KIND, 'region-code-invalid', { feature, field: 'code', values: { code: given.slice(0, 40) } });
    return null;
  }
  return code;
}

function withoutPadding(given: string): string {
  return (
    PADDED.exec(given)
      ?.slice(1)
      .find((digits) => digits !== undefined) ?? given
  );
}

/** A code begins with the code of what it lies in. */
function isAstray({ feature, properties }: Row, code: string, findings: Findings): boolean {
  const parent = withoutPadding(textProperty(properties.parent));
  if (code.startsWith(parent)) return false;
  findings.refuse(KIND, 'region-parent-contradicts', { feature, field: 'parent', values: { code, parent: parent.slice(0, 40) } });
  return true;
}

function readName({ feature, properties }: Row, findings: Findings): string {
  const name = textProperty(properties.name);
  if (name === '') findings.refuse(KIND, 'name-missing', { feature, field: 'name' });
  return name;
}

/** A row that says the same once more is passed over; one that says something else of the same code is refused. */
function isDouble(feature: number, code: string, name: string, named: ReadonlyMap<string, NamedRow>, findings: Findings): boolean {
  const earlier = named.get(code);
  if (earlier === undefined) return false;
  const values = { code, earlier: earlier.feature };
  if (earlier.name === name) findings.mend(KIND, 'region-double', { feature, field: 'code', values });
  else findings.refuse(KIND, 'code-duplicate', { feature, field: 'code', values });
  return true;
}

/** Names of the regions above, as the columns of the row have them: the first one counts, others are said. */
function readAbove({ feature, properties }: Row, code: string, above: Map<string, NamedRow>, findings: Findings): void {
  const parents = parentsOf(code);
  for (const parent of parents) {
    const level = levelOf(parent) as string;
    const right = parent === parents.at(-1) ? textProperty(properties.parentName) : '';
    const name = right || textProperty(properties[level]);
    const known = above.get(parent);
    if (known === undefined || known.name === '') above.set(parent, { feature: known?.feature ?? feature, name });
    else if (name !== '' && name !== known.name) {
      findings.mend(KIND, 'parent-name-differs', { feature, field: level, values: { code: parent, name, kept: known.name } });
    }
  }
}

/** The rows, and above them what they lie in: by a row of its own, else by the names beside its children, else without a name. */
function complete(
  named: ReadonlyMap<string, NamedRow>,
  above: ReadonlyMap<string, NamedRow>,
  unread: ReadonlySet<string>,
  findings: Findings,
): TableRegion[] {
  const names = new Map([...above].map(([code, { name }]) => [code, name]));
  for (const [code, { name }] of named) names.set(code, name);
  for (const [code, { feature }] of above) {
    if (names.get(code) !== '') continue;
    const city = code.slice(0, 4);
    if (code.length === 6 && CITIES_WITHOUT_COUNTIES.has(city)) names.set(code, names.get(city) ?? '');
    else findings.mend(KIND, 'region-above-unnamed', { feature, field: levelOf(code) as string, values: { code } });
  }
  for (const code of [...unread].flatMap((read) => [...parentsOf(read), read])) names.set(code, names.get(code) ?? '');
  return [...names]
    .map(([code, name]): TableRegion => ({ code, name }))
    .sort((a, b) => a.code.length - b.code.length || (a.code < b.code ? -1 : 1));
}
