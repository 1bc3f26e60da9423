// The community as the core wants it, from what the server sent: GeoJSON in degrees to lattice.
import type {
  BarrierCollection,
  BlockCollection,
  BuildingCollection,
  GridCollection,
  InstitutionCollection,
} from '../../core/api/messages.ts';
import { latticeLine, latticePolygon, toLattice } from '../../core/coverage/lattice.ts';
import type { Block, Building, Community, CommunityState, Grid } from '../../core/plan/state.ts';

export interface CommunityCollections {
  readonly community: Community;
  readonly grids: GridCollection;
  readonly blocks: BlockCollection;
  readonly buildings: BuildingCollection;
  readonly barriers: BarrierCollection;
  readonly institutions: InstitutionCollection;
}

/** Without neighbours: what another community would receive is no matter for a preview. */
export function communityState({ community, grids, blocks, buildings, barriers, institutions }: CommunityCollections): CommunityState {
  const gridOf = new Map<number, number>();
  const cellOf = new Map<number, number>();
  for (const { properties } of blocks.features) {
    if (properties.grid !== null) gridOf.set(properties.id, properties.grid);
    if (properties.cell !== 0) cellOf.set(properties.id, properties.cell);
  }
  return {
    community,
    neighbours: [],
    gridOf,
    cellOf,
    blocks: new Map(blocks.features.map((feature) => [feature.properties.id, blockOf(feature)])),
    buildings: new Map(buildings.features.map((feature) => [feature.properties.id, buildingOf(feature)])),
    barriers: barriers.features.map(({ properties, geometry }) => ({
      ...properties,
      line: latticeLine(geometry.coordinates as [number, number][]),
    })),
    institutions: institutions.features.map(({ properties, geometry }) => ({ ...properties, area: latticePolygon(geometry.coordinates) })),
    grids: new Map(grids.features.map((feature) => [feature.properties.id, gridOfFeature(feature)])),
  };
}

function blockOf({ properties, geometry }: BlockCollection['features'][number]): Block {
  const { id, community, households, population, buildings } = properties;
  return { id, community, households, population, buildings, polygon: latticePolygon(geometry.coordinates) };
}

function buildingOf({ properties, geometry }: BuildingCollection['features'][number]): Building {
  const { point, ...rest } = properties;
  const footprint = geometry.type === 'Polygon' ? latticePolygon(geometry.coordinates) : null;
  return { ...rest, point: [toLattice(point[0]), toLattice(point[1])], footprint };
}

function gridOfFeature({ properties, geometry }: GridCollection['features'][number]): Grid {
  const { id, community, kind, name, reason, party, staff, locked } = properties;
  const area = kind === 'thematic' ? geometry.coordinates.map(latticePolygon) : null;
  return { id, community, kind, name, reason, party, staff, locked, area };
}
