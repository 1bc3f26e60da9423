// Cells on the map: the borders between cells of the same grid, and a label in each; made from the cell of each block.
import type { Feature, FeatureCollection, MultiLineString } from 'geojson';
import { geojsonMultiPolygon, latticePolygon, toDegrees } from '../../core/coverage/lattice.ts';
import { outlineOf } from '../../core/coverage/outline.ts';
import { borderEdges } from '../../core/plan/adjacency.ts';
import { cellNumber } from '../../core/plan/cell-number.ts';
import { type CellOfGrid, cellsAmong } from '../state/cells.ts';
import type { ActiveCommunity } from '../state/workspace.ts';
import { labelPoint } from './label-point.ts';
import type { HouseholdsText } from './map-data.ts';

export function cellData({ blocks }: ActiveCommunity, text: HouseholdsText): { borders: FeatureCollection; labels: FeatureCollection } {
  const cells = cellsAmong(blocks.features);
  return {
    borders: { type: 'FeatureCollection', features: cells.length === 0 ? [] : [bordersOf(cells)] },
    labels: { type: 'FeatureCollection', features: cells.filter(({ number }) => number > 0).flatMap((cell) => label(cell, text)) },
  };
}

function bordersOf(cells: readonly CellOfGrid[]): Feature<MultiLineString> {
  const cellOf = new Map(cells.flatMap((cell) => cell.blocks.map(({ properties }) => [properties.id, cell] as const)));
  const ground = cells.flatMap((cell) =>
    cell.blocks.map(({ properties, geometry }) => ({ id: properties.id, polygon: latticePolygon(geometry.coordinates) })),
  );
  const coordinates = borderEdges(ground)
    .filter(({ left, right }) => {
      const [one, other] = [cellOf.get(left), cellOf.get(right ?? left)];
      return one !== other && one?.grid === other?.grid;
    })
    .map(({ ax, ay, bx, by }) => [
      [toDegrees(ax), toDegrees(ay)],
      [toDegrees(bx), toDegrees(by)],
    ]);
  return { type: 'Feature', geometry: { type: 'MultiLineString', coordinates }, properties: {} };
}

function label({ number, households, blocks }: CellOfGrid, text: HouseholdsText): Feature[] {
  const outline = outlineOf(blocks.map(({ geometry }) => latticePolygon(geometry.coordinates)));
  const coordinates = labelPoint(geojsonMultiPolygon(outline));
  if (coordinates === null) return [];
  const properties = { number: cellNumber(number), households: text(households), weight: households };
  return [{ type: 'Feature', geometry: { type: 'Point', coordinates }, properties }];
}
