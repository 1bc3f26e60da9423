// OpenStreetMap to our kinds: classes of barriers, Chinese names, and objects that the tiles of an extract cut or doubled.
import type { Geometry, Polygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import { barrierClassOf } from '../../../core/import/fields/barrier-class.ts';
import { type OsmFeature, type OsmLayer, type OsmTags, osmRows } from '../../../core/import/osm.ts';
import { tagsOfTiles } from '../../../core/import/osm-tiles.ts';

const line: Geometry = {
  type: 'LineString',
  coordinates: [
    [121.48, 31.23],
    [121.49, 31.24],
  ],
};
const box = (west: number, east: number): Geometry => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, 31.23],
      [east, 31.23],
      [east, 31.24],
      [west, 31.24],
      [west, 31.23],
    ],
  ],
});
const point: Geometry = { type: 'Point', coordinates: [121.485, 31.235] };

const featuresOf = (list: readonly (readonly [string, OsmTags, Geometry])[]): OsmFeature[] =>
  list.map(([id, tags, geometry], i) => ({ number: i + 1, id, tags, geometry }));
const propertiesOf = (layer: OsmLayer, tags: OsmTags, geometry: Geometry) =>
  osmRows(layer, featuresOf([['way/1', tags, geometry]])).features[0]?.properties ?? null;

describe('barriers', () => {
  it.each<[OsmTags, string | undefined]>([
    [{ highway: 'motorway' }, 'main-road'],
    [{ highway: 'trunk_link' }, 'main-road'],
    [{ highway: 'secondary' }, 'secondary'],
    [{ highway: 'residential' }, 'street'],
    [{ highway: 'service' }, 'lane'],
    [{ highway: 'service', service: 'parking_aisle' }, undefined],
    [{ highway: 'footway' }, undefined],
    [{ highway: 'primary', tunnel: 'yes' }, undefined],
    [{ railway: 'rail' }, 'railway'],
    [{ railway: 'subway', layer: '-2' }, undefined],
    [{ railway: 'abandoned' }, undefined],
    [{ barrier: 'city_wall' }, 'wall'],
    [{ barrier: 'gate' }, undefined],
  ])('%j is %s', (tags, expected) => {
    expect(propertiesOf('roads', tags, line)?.class).toBe(expected);
  });

  it.each([
    ...['motorway', 'trunk', 'primary', 'secondary', 'tertiary', 'tertiary_link', 'unclassified', 'residential', 'road'],
    ...['living_street', 'service', 'pedestrian', 'track'],
  ])('a road is of the same class by its tag and in the column of a table: %s', (highway) => {
    const byTag = propertiesOf('roads', { highway }, line)?.class;
    expect(byTag).toBeTypeOf('string');
    expect(barrierClassOf(highway)).toBe(byTag);
  });

  it('takes rivers, banks and lakes as water, but no pool and no brook that falls dry', () => {
    expect(propertiesOf('water', { waterway: 'river' }, line)).toMatchObject({ class: 'river' });
    expect(propertiesOf('water', { waterway: 'riverbank' }, box(121.48, 121.49))).toMatchObject({ class: 'river' });
    expect(propertiesOf('water', { natural: 'water' }, box(121.48, 121.49))).toMatchObject({ class: 'river' });
    expect(propertiesOf('water', { natural: 'water', water: 'pool' }, box(121.48, 121.49))).toBeNull();
    expect(propertiesOf('water', { waterway: 'stream', intermittent: 'yes' }, line)).toBeNull();
  });

  it('prefers the Chinese name where the common one is foreign', () => {
    const nameOf = (tags: OsmTags) => propertiesOf('roads', { highway: 'primary', ...tags }, line)?.name;
    expect(nameOf({ name: 'Bund', 'name:zh': '外滩' })).toBe('外滩');
    expect(nameOf({ name: '苏州河', 'name:zh': '吴淞江' })).toBe('苏州河');
    expect(nameOf({ name: 'Bund' })).toBe('Bund');
    expect(nameOf({})).toBe('');
  });

  it('understands the kinds of tiles', () => {
    expect(tagsOfTiles({ kind: 'major_road', kind_detail: 'tertiary_link' })).toMatchObject({ highway: 'tertiary_link' });
    expect(tagsOfTiles({ kind: 'rail', kind_detail: 'subway', is_tunnel: true })).toMatchObject({ railway: 'subway', tunnel: 'yes' });
    expect(tagsOfTiles({ kind: 'riverbank' })).toMatchObject({ waterway: 'riverbank' });
    expect(tagsOfTiles({ kind: 'address' })).not.toHaveProperty('building');
    expect(tagsOfTiles({ highway: 'primary' })).toEqual({ highway: 'primary' });
  });
});

describe('pieces of tiles', () => {
  const house = { building: 'yes' };

  it('makes a building that was cut at the edge of a tile one again', () => {
    const { features, numbers, findings } = osmRows(
      'buildings',
      featuresOf([
        ['way/1', house, box(121.48, 121.485)],
        ['way/2', house, box(121.5, 121.51)],
        ['way/1', house, box(121.485, 121.49)],
      ]),
    );
    expect(numbers).toEqual([1, 2]);
    expect(findings).toEqual([{ row: 3, verdict: 'mended', message: 'osm-pieces-joined', values: { id: 'way/1', earlier: 1 } }]);
    const [joined] = features.map(({ geometry }) => geometry as Polygon);
    const coordinates = joined?.coordinates ?? [];
    const longitudes = coordinates.flat().map(([x = 0]) => x);
    expect([Math.min(...longitudes), Math.max(...longitudes)]).toEqual([121.48, 121.49]);
    // A second ring would be left of the cut.
    expect(coordinates).toHaveLength(1);
  });

  it('counts a building once that lies in two tiles or comes with a point for its label', () => {
    const { features, findings } = osmRows(
      'buildings',
      featuresOf([
        ['way/1', house, point],
        ['way/1', house, box(121.48, 121.49)],
        ['way/1', house, box(121.48, 121.49)],
      ]),
    );
    expect(features.map(({ geometry }) => geometry?.type)).toEqual(['Polygon']);
    expect(findings.map(({ row, message }) => [row, message])).toEqual([[3, 'osm-double']]);
  });

  it('keeps parts that do not touch, and pieces of a road', () => {
    expect(
      osmRows(
        'buildings',
        featuresOf([
          ['relation/1', house, box(121.48, 121.481)],
          ['relation/1', house, box(121.49, 121.491)],
        ]),
      ).features,
    ).toHaveLength(2);
    const other: Geometry = {
      type: 'LineString',
      coordinates: [
        [121.49, 31.24],
        [121.5, 31.24],
      ],
    };
    expect(
      osmRows(
        'roads',
        featuresOf([
          ['way/1', { highway: 'primary' }, line],
          ['way/1', { highway: 'primary' }, other],
        ]),
      ).features,
    ).toHaveLength(2);
  });

  it('takes the shores of a water rather than the cuts of its pieces', () => {
    const { features } = osmRows(
      'water',
      featuresOf([
        ['way/1', { natural: 'water' }, box(121.48, 121.49)],
        ['way/1', { natural: 'water' }, line],
      ]),
    );
    expect(features.map(({ geometry }) => geometry?.type)).toEqual(['LineString']);
  });
});
