// Judges the rows of a household list: what each says of which building, or of a whole community.
import type { LatticePoint } from '../../coverage/geometry.ts';
import { toLattice } from '../../coverage/lattice.ts';
import { PERSONS_PER_HOUSEHOLD } from '../buildings.ts';
import { readCount, settleCount } from '../counts.ts';
import type { Findings } from '../findings.ts';
import type { RowCollection } from '../read-features.ts';
import { textProperty } from '../text-property.ts';

export interface HouseholdRow {
  /** Counts from 1 through all household lists of the import. */
  readonly feature: number;
  /** Identifier of the building in the office's own list; empty: none, as with the other texts. */
  readonly building: string;
  readonly address: string;
  readonly name: string;
  readonly communityCode: string;
  readonly community: string;
  readonly households: number;
  readonly population: number;
  /** null: the row has no coordinates. */
  readonly point: LatticePoint | null;
}

interface Row {
  readonly feature: number;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly point: LatticePoint | null;
}

/**
 * Rows that can be counted. A list without a single number of households has a row for each household. Persons are estimated where
 * only households are given.
 */
export function readHouseholdRows(collections: readonly RowCollection[], findings: Findings): HouseholdRow[] {
  const estimated: number[] = [];
  const read = collections.flatMap((collection) => readList(rowsOf(collection, findings), findings, estimated));
  const [firstEstimated] = estimated;
  if (firstEstimated !== undefined) {
    const values = { count: estimated.length, factor: PERSONS_PER_HOUSEHOLD };
    findings.mend('households', 'household-persons-estimated', { feature: firstEstimated, field: 'population', values });
  }
  return read;
}

function readList(rows: readonly Row[], findings: Findings, estimated: number[]): HouseholdRow[] {
  const [first] = rows;
  if (!first) return [];
  const rowIsHousehold = rows.every(({ properties }) => readCount(properties.households).kind === 'missing');
  if (rowIsHousehold) findings.mend('households', 'row-is-household', { feature: first.feature, values: { count: rows.length } });
  return rows.flatMap((row) => readRow(row, rowIsHousehold, findings, estimated));
}

function rowsOf({ source, features, numbers }: RowCollection, findings: Findings): Row[] {
  const before = findings.begin('households', { source, count: features.length, numbers });
  return features.map((raw, i) => {
    const { properties, geometry } = raw as { properties?: Row['properties'] | null; geometry?: unknown };
    return { feature: before + i + 1, properties: properties ?? {}, point: pointOf(geometry) };
  });
}

function pointOf(geometry: unknown): LatticePoint | null {
  const { type, coordinates } = (geometry ?? {}) as { type?: unknown; coordinates?: unknown };
  if (type !== 'Point' || !Array.isArray(coordinates)) return null;
  const [x, y] = coordinates as unknown[];
  return Number.isFinite(x) && Number.isFinite(y) ? [toLattice(x as number), toLattice(y as number)] : null;
}

function readRow(row: Row, rowIsHousehold: boolean, findings: Findings, estimated: number[]): HouseholdRow[] {
  const { feature, properties, point } = row;
  const count = (field: 'households' | 'population') => settleCount('households', { feature, field, raw: properties[field] }, findings);
  const households = rowIsHousehold ? 1 : count('households');
  const population = count('population');
  if (households === null || population === null) return [];
  if (households === 'missing') {
    findings.refuse('households', 'households-row-empty', { feature, field: 'households' });
    return [];
  }
  if (population === 'missing' && households > 0) estimated.push(feature);
  return [
    {
      feature,
      building: textProperty(properties.building),
      address: textProperty(properties.address),
      name: textProperty(properties.name),
      communityCode: textProperty(properties.communityCode),
      community: textProperty(properties.community),
      households,
      population: population === 'missing' ? households * PERSONS_PER_HOUSEHOLD : population,
      point,
    },
  ];
}
