// New communities with all that stands in them, as rows ready to be written; blocks are built here.
import type { MultiPolygon, Polygon } from '../../core/coverage/geometry.ts';
import { outlineOf } from '../../core/coverage/outline.ts';
import { communityKind } from '../../core/geo/region.ts';
import { type BuiltBlocks, buildBlocks } from '../../core/import/blocks.ts';
import type { ValidCommunity, ValidImport } from '../../core/import/validate.ts';
import { lineToWkb, multiPolygonToWkb, pointToWkb, polygonToWkb } from '../database/wkb.ts';
import { type GroundRows, packShapes } from './rows.ts';

const NO_SHAPE = new Uint8Array();

/** `onShare`: how much is done, 0–1. */
export function groundRows(valid: ValidImport, onShare: (share: number) => void): GroundRows {
  const built = buildBlocks(valid.communities, valid.barriers, valid.buildings, onShare);
  return encode(valid, built);
}

function encode(valid: ValidImport, { blocks, blockOf }: BuiltBlocks): GroundRows {
  const codeOf = (block: number) => (valid.communities[blocks[block]?.community ?? -1] as ValidCommunity).code;
  const { communities, buildings, barriers, institutions } = valid;
  return {
    communities: {
      code: communities.map(({ code }) => code),
      name: communities.map(({ name }) => name),
      kind: communities.map(({ code }) => communityKind(code)),
      outline: packShapes(outlines(communities.length, blocks), multiPolygonToWkb),
    },
    blocks: {
      community: blocks.map((_, i) => codeOf(i)),
      households: blocks.map(({ households }) => households),
      population: blocks.map(({ population }) => population),
      buildings: blocks.map((block) => block.buildings),
      shape: packShapes(blocks, ({ polygon }) => polygonToWkb(polygon)),
    },
    buildings: {
      community: blockOf.map(codeOf),
      block: [...blockOf],
      sourceId: buildings.map(({ sourceId }) => sourceId),
      name: buildings.map(({ name }) => name),
      use: buildings.map(({ use }) => use),
      group: buildings.map(({ group }) => group),
      address: buildings.map(({ address }) => address),
      households: buildings.map(({ households }) => households),
      population: buildings.map(({ population }) => population),
      point: packShapes(buildings, ({ point }) => pointToWkb(point)),
      footprint: packShapes(buildings, ({ footprint }) => (footprint ? polygonToWkb(footprint) : NO_SHAPE)),
    },
    barriers: {
      class: barriers.map((barrier) => barrier.class),
      name: barriers.map(({ name }) => name),
      line: packShapes(barriers, ({ line }) => lineToWkb(line)),
    },
    institutions: {
      name: institutions.map(({ name }) => name),
      use: institutions.map(({ use }) => use),
      staff: institutions.map(({ staff }) => staff),
      area: packShapes(institutions, ({ area }) => polygonToWkb(area)),
    },
  };
}

/** The outline of each community, from its blocks: noding put vertices on it that the file does not have. */
function outlines(communities: number, blocks: BuiltBlocks['blocks']): MultiPolygon[] {
  const polygons = Array.from({ length: communities }, (): Polygon[] => []);
  for (const { community, polygon } of blocks) polygons[community]?.push(polygon);
  return polygons.map(outlineOf);
}
