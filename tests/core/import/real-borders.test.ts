// Real borders: the counties of whole states, with enclaves, islands and shared arcs, stand in for communities.

import type { Feature } from 'geojson';
import { feature as featureOf } from 'topojson-client';
import atlas from 'us-atlas/counties-10m.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import type { Polygon } from '../../../core/coverage/geometry.ts';
import { coverageFaults } from '../../../core/coverage/invariants.ts';
import { locate } from '../../../core/coverage/locate.ts';
import { doubledArea } from '../../../core/coverage/ring.ts';
import { buildBlocks } from '../../../core/import/blocks.ts';
import { mayBeStored, validateImport } from '../../../core/import/validate.ts';
import { bytes, collection, feature } from './collections.ts';

const counties = featureOf(atlas as never, atlas.objects.counties as never) as unknown as {
  features: Feature[];
};

/** Falls Church has shrunk to a line in this atlas. */
const WITHOUT_AREA = '51610';

/** The counties of a state as communities with invented codes. */
const state = (fips: string): Feature[] =>
  counties.features
    .filter(({ id }) => String(id).startsWith(fips) && id !== WITHOUT_AREA)
    .map(({ id, geometry, properties }) =>
      feature(geometry, { code: `9900${fips}${String(id).padStart(6, '0')}`, name: properties?.name }),
    );

const flatArea = (polygons: readonly Polygon[]): number => polygons.reduce((sum, polygon) => sum + doubledArea(polygon), 0);

/** A village of 40 buildings in the middle of each county. */
function villages(communities: readonly Feature[]): Feature[] {
  return communities.flatMap(({ geometry }) => {
    const rings =
      geometry.type === 'Polygon' ? geometry.coordinates : geometry.type === 'MultiPolygon' ? (geometry.coordinates[0] ?? []) : [];
    const [west, south] = rings[0]?.[0] ?? [];
    return Array.from({ length: 40 }, (_, i) =>
      feature(
        { type: 'Point', coordinates: [(west as number) + (i % 8) * 1e-3, (south as number) + Math.floor(i / 8) * 1e-3] },
        { households: 10, population: 26 },
      ),
    );
  });
}

describe.each([
  ['Virginia: independent cities as enclaves', '51'],
  ['Maryland: bays and islands', '24'],
  ['Vermont', '50'],
])('%s', (_, fips) => {
  it('becomes a coverage without faults', () => {
    const communities = state(fips);
    const valid = validateImport({
      communities: bytes(collection(communities)),
      buildings: bytes(collection(villages(communities))),
    });
    expect(valid.findings.list.filter(({ file, verdict }) => file === 'communities' && verdict === 'refused')).toEqual([]);
    expect(mayBeStored(valid, true)).toBe(true);
    expect(valid.communities).toHaveLength(communities.length);
    const { blocks, blockOf } = buildBlocks(valid.communities, [], valid.buildings);
    expect(coverageFaults(blocks.map(({ polygon }, id) => ({ id, polygon })))).toEqual([]);
    valid.communities.forEach(({ area }, number) => {
      const built = blocks.filter(({ community }) => community === number).map(({ polygon }) => polygon);
      expect(Math.abs(flatArea(built) / flatArea(area) - 1)).toBeLessThan(1e-5);
    });
    expect(Math.max(...blocks.map(({ households }) => households))).toBeLessThanOrEqual(120);
    blockOf.forEach((block, i) => {
      const building = valid.buildings[i];
      expect(building && locate(building.point, blocks[block]?.polygon ?? [])).not.toBe('outside');
    });
  });

  it('becomes the same coverage when every border is surveyed twice', () => {
    const communities = state(fips);
    // Every county is shifted by up to half a metre of its own.
    const metre = 0.5 / 111_000;
    const shifted = communities.map((county, i) => {
      const shift = (position: number[]): number[] => [
        (position[0] as number) + metre * Math.sin(i),
        (position[1] as number) + metre * Math.cos(3 * i),
      ];
      const { geometry } = county;
      if (geometry.type === 'Polygon')
        return { ...county, geometry: { ...geometry, coordinates: geometry.coordinates.map((ring) => ring.map(shift)) } };
      if (geometry.type !== 'MultiPolygon') throw new Error(geometry.type);
      return {
        ...county,
        geometry: { ...geometry, coordinates: geometry.coordinates.map((polygon) => polygon.map((ring) => ring.map(shift))) },
      };
    });
    const valid = validateImport({
      communities: bytes(collection(shifted)),
      buildings: bytes(collection(villages(shifted))),
    });
    expect(valid.findings.list.filter(({ file, verdict }) => file === 'communities' && verdict === 'refused')).toEqual([]);
    expect(valid.findings.list.some(({ message }) => message === 'gap-mended' || message === 'overlap-mended')).toBe(true);
    const polygons = valid.communities.flatMap(({ area }) => area);
    expect(coverageFaults(polygons.map((polygon, id) => ({ id, polygon })))).toEqual([]);
  });
});

it('a county that has shrunk to a line is refused by name', () => {
  const shrunk = counties.features.find(({ id }) => id === WITHOUT_AREA) as Feature;
  const communities = [...state('50'), feature(shrunk.geometry, { code: '990051051610', name: 'Falls Church' })];
  const valid = validateImport({ communities: bytes(collection(communities)), buildings: bytes(collection(villages(communities))) });
  const refused = valid.findings.list.filter(({ file }) => file === 'communities');
  expect(refused).toEqual([expect.objectContaining({ feature: communities.length, verdict: 'refused', message: 'area-nil' })]);
  expect(mayBeStored(valid, true)).toBe(false);
});
