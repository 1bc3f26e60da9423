// What the map's small sources hold, made from the workspace: pure, small properties only, remembered per feature.
import type { Feature, FeatureCollection, MultiLineString, Point } from 'geojson';
import type {
  BandState,
  CommunityProgress,
  GridCollection,
  GridFeature,
  GridProperties,
  Person,
  PlanDetail,
} from '../../core/api/messages.ts';
import { geojsonMultiPolygon, latticePolygon } from '../../core/coverage/lattice.ts';
import { outlineOf } from '../../core/coverage/outline.ts';
import { gridNameWithin, shortCommunityName } from '../../core/plan/grid-name.ts';
import type { ActiveCommunity } from '../state/workspace.ts';
import type { Position } from '../tools/tool.ts';
import { labelPoint } from './label-point.ts';
import { borderColour, COLOUR, gridColour, personColour } from './palette.ts';

/** How a grid looks, besides its kind. */
export type GridState = 'quiet' | 'outside' | 'error' | 'excused';

/** State by form as well as by colour: it must survive a print in black and white. */
const DOT: Readonly<Record<BandState | 'error', { dot: string; dotColour: string }>> = {
  in: { dot: '●', dotColour: COLOUR.good },
  free: { dot: '○', dotColour: COLOUR.inkQuiet },
  below: { dot: '▼', dotColour: COLOUR.amber },
  above: { dot: '▲', dotColour: COLOUR.amber },
  excused: { dot: '✓', dotColour: COLOUR.amber },
  error: { dot: '✕', dotColour: COLOUR.error },
};

const BAND_STATE: Readonly<Record<BandState, GridState>> = {
  in: 'quiet',
  free: 'quiet',
  below: 'outside',
  above: 'outside',
  excused: 'excused',
};

export type HouseholdsText = (households: number) => string;
type Collection = FeatureCollection;

const collection = (features: Feature[]): Collection => ({ type: 'FeatureCollection', features });
export const NOTHING: Collection = collection([]);

/** Grids with an error that no reason can excuse. */
const gridsInError = (active: ActiveCommunity): ReadonlySet<number> =>
  new Set(active.issues.filter((issue) => issue.severity === 'error' && !issue.excused).flatMap(({ grid }) => grid ?? []));

const stateOf = ({ id, band }: GridProperties, inError: ReadonlySet<number>): GridState => (inError.has(id) ? 'error' : BAND_STATE[band]);

function paint(grid: GridFeature, inError: ReadonlySet<number>): Feature {
  const { id, kind, shade } = grid.properties;
  return {
    type: 'Feature',
    geometry: grid.geometry,
    properties: { id, kind, colour: gridColour(kind, shade), border: borderColour(kind), state: stateOf(grid.properties, inError) },
  };
}

const labelPoints = new WeakMap<GridFeature['geometry'], Position | null>();

function label(grid: GridFeature, inError: ReadonlySet<number>, text: HouseholdsText, community = ''): Feature[] {
  const known = labelPoints.get(grid.geometry);
  const point = known === undefined ? labelPoint(grid.geometry.coordinates) : known;
  labelPoints.set(grid.geometry, point);
  if (point === null) return [];
  const { id, name, households, band } = grid.properties;
  const properties = {
    id,
    name: gridNameWithin(community, name),
    households: text(households),
    weight: households,
    ...DOT[inError.has(id) ? 'error' : band],
  };
  return [{ type: 'Feature', geometry: { type: 'Point', coordinates: point }, properties }];
}

const NO_ERRORS: ReadonlySet<number> = new Set();

/** Grids of the plan outside the community that is open. */
export function planGridData(
  grids: readonly GridFeature[],
  open: string | null,
  text: HouseholdsText,
): { areas: Collection; labels: Collection } {
  const others = grids.filter(({ properties }) => properties.community !== open);
  return {
    areas: collection(others.map((grid) => paint(grid, NO_ERRORS))),
    labels: collection(others.flatMap((grid) => label(grid, NO_ERRORS, text))),
  };
}

/** Inside the open community its name need not be said again. */
export function gridData(active: ActiveCommunity, community: string, text: HouseholdsText): { areas: Collection; labels: Collection } {
  const inError = gridsInError(active);
  return {
    areas: collection(active.grids.features.map((grid) => paint(grid, inError))),
    labels: collection(active.grids.features.flatMap((grid) => label(grid, inError, text, community))),
  };
}

/** A layout that is only proposed, beside today's grids: `changed` is 1 for those that are not among them. Nothing has been checked yet. */
export function layoutData(
  grids: GridCollection,
  today: readonly GridFeature[],
  community: string,
  text: HouseholdsText,
): { areas: Collection; labels: Collection } {
  const extent = ({ properties: { id, blocks, households, area_m2 } }: GridFeature): string =>
    [id, blocks, households, Math.round(area_m2)].join(' ');
  const known = new Set(today.map(extent));
  const marked = (features: Feature[], grid: GridFeature): Feature[] => {
    const changed = known.has(extent(grid)) ? 0 : 1;
    return features.map((feature) => ({ ...feature, properties: { ...feature.properties, changed } }));
  };
  return {
    areas: collection(grids.features.flatMap((grid) => marked([paint(grid, NO_ERRORS)], grid))),
    labels: collection(grids.features.flatMap((grid) => marked(label(grid, NO_ERRORS, text, community), grid))),
  };
}

export const blockData = ({ blocks }: ActiveCommunity): Collection =>
  collection(
    blocks.features.map(({ geometry, properties: { id, grid } }) => ({
      type: 'Feature',
      geometry,
      properties: { id, drawn: grid === null ? 0 : 1 },
    })),
  );

export const footprintData = ({ buildings }: ActiveCommunity): Collection =>
  collection(
    buildings.features.map(({ geometry, properties: { id, households } }) => ({
      type: 'Feature',
      geometry,
      properties: { id, households },
    })),
  );

/** Outer border of the community, as lines: it has no fill of its own. */
export function outlineData({ blocks }: ActiveCommunity): Collection {
  const outline = outlineOf(blocks.features.map(({ geometry }) => latticePolygon(geometry.coordinates)));
  const geometry: MultiLineString = { type: 'MultiLineString', coordinates: geojsonMultiPolygon(outline).flat() };
  return collection([{ type: 'Feature', geometry, properties: {} }]);
}

/** The chosen grid, and the chosen blocks. */
export function selectionData(active: ActiveCommunity, grid: number | null, blocks: ReadonlySet<number>): Collection {
  const grids = active.grids.features.filter(({ properties }) => properties.id === grid);
  const chosen = blocks.size === 0 ? [] : active.blocks.features.filter(({ properties }) => blocks.has(properties.id));
  return collection([
    ...grids.map(({ geometry }): Feature => ({ type: 'Feature', geometry, properties: { block: 0 } })),
    ...chosen.map(({ geometry }): Feature => ({ type: 'Feature', geometry, properties: { block: 1 } })),
  ]);
}

/** Every border as a line, each only once: two dashed lines over each other would look like a full one. */
export function borderLines(grids: readonly GridFeature[]): Collection {
  const seen = new Set<string>();
  const lines: Position[][] = [];
  for (const ring of grids.flatMap(({ geometry }) => geometry.coordinates.flat()) as Position[][]) {
    let line: Position[] = [];
    for (const [index, to] of ring.slice(1).entries()) {
      const from = ring[index] as Position;
      const isKnown = seen.has(`${to} ${from}`) || seen.has(`${from} ${to}`);
      if (isKnown && line.length > 0) lines.push(line);
      line = isKnown ? [] : line.length === 0 ? [from, to] : [...line, to];
      seen.add(`${from} ${to}`);
    }
    if (line.length > 0) lines.push(line);
  }
  const coordinates = lines.map((line) => line.map(([x, y]) => [x, y]));
  return collection([{ type: 'Feature', geometry: { type: 'MultiLineString', coordinates }, properties: {} }]);
}

export const outlinesOf = (grids: readonly GridFeature[]): Collection =>
  collection(grids.map(({ geometry }) => ({ type: 'Feature', geometry, properties: {} })));

/** Names of towns and communities. `note` says what a community counts. */
export function regionLabelData(
  towns: PlanDetail['towns'],
  progress: Iterable<CommunityProgress>,
  note: (community: CommunityProgress) => string,
): Collection {
  const communities = [...progress];
  const ofTown = towns.map(({ code, name, inside }) => {
    const own = communities.filter(({ town }) => town === code);
    return own.length === 0
      ? []
      : [place(inside, { level: 'town', name, weight: own.reduce((sum, { households }) => sum + households, 0) })];
  });
  const ofCommunity = communities.map((community) =>
    place(community.inside, {
      level: 'community',
      name: shortCommunityName(community.name),
      grids: community.grids,
      weight: community.households,
      note: note(community),
    }),
  );
  return collection([...ofTown.flat(), ...ofCommunity]);
}

/** Where somebody else is at work: the names at the community, in the colour of the first. In the open one the grids need the room. */
export function peopleData(
  others: readonly Person[],
  open: string | null,
  progress: ReadonlyMap<string, CommunityProgress>,
  nameOf: (person: Person) => string,
): Collection {
  const there = new Map<string, Person[]>();
  for (const person of others) {
    if (person.community !== null && person.community !== open)
      there.set(person.community, [...(there.get(person.community) ?? []), person]);
  }
  return collection(
    [...there].flatMap(([code, people]) => {
      const community = progress.get(code);
      const [first] = people;
      if (community === undefined || first === undefined) return [];
      return [place(community.inside, { names: people.map(nameOf).join('、'), colour: personColour(first.number) })];
    }),
  );
}

const place = (coordinates: Position, properties: Record<string, string | number>): Feature<Point> => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates },
  properties,
});
