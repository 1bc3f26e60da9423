// carve: a new grid from the area inside a polygon, clipped to the community. Inverse: its blocks back to their former grids.
import { boxesMeet, boxOf } from '../../coverage/box.ts';
import { facesBetween } from '../../coverage/faces.ts';
import type { Polygon } from '../../coverage/geometry.ts';
import { latticePolygon } from '../../coverage/lattice.ts';
import { interiorPoint, locate } from '../../coverage/locate.ts';
import { closedLine } from '../../coverage/ring.ts';
import { type Change, NO_CHANGE } from '../change.ts';
import { fail, type Outcome, succeed } from '../failure.ts';
import { newGrid } from '../new-grid.ts';
import type { Operation } from '../operation.ts';
import type { CommunityState } from '../state.ts';
import { isTangled } from '../tangle.ts';
import { WorkingCopy } from '../working-copy.ts';

export function carve(state: CommunityState, operation: Extract<Operation, { type: 'carve' }>): Outcome<Change> {
  const drawn = latticePolygon(operation.polygon);
  if (isTangled(drawn.map(closedLine))) return fail('polygon-self-intersects');
  const [polygon, ...rest] = facesBetween(drawn.map(closedLine)).filter((face) => locate(interiorPoint(face), drawn) === 'inside');
  if (!polygon || rest.length > 0 || polygon.length !== drawn.length) return fail('polygon-self-intersects');
  if (operation.kind === 'thematic') return carveThematic(state, polygon, operation.name);
  const copy = new WorkingCopy(state);
  copy.cut(polygon.map(closedLine), new Set(state.blocks.keys()));
  const inside = [...copy.blocks.values()].filter((block) => locate(interiorPoint(block.polygon), polygon) === 'inside');
  if (inside.length === 0) return fail('polygon-outside-community');
  const grid = copy.addGrid(newGrid(state, operation.kind, { name: operation.name }));
  for (const block of inside) copy.assign(block.id, grid);
  return succeed(copy.change());
}

/** A thematic grid lies across the others: it keeps its own area and leaves the blocks alone. */
function carveThematic(state: CommunityState, polygon: Polygon, name: string | undefined): Outcome<Change> {
  const box = boxOf(polygon);
  const around = [...state.blocks.values()].filter((block) => boxesMeet(boxOf(block.polygon), box));
  if (!around.some((block) => overlap(block.polygon, polygon))) return fail('polygon-outside-community');
  const after = { ...newGrid(state, 'thematic', { name, area: [polygon] }), id: -1 };
  return succeed({ ...NO_CHANGE, grids: [{ before: null, after }] });
}

function overlap(a: Polygon, b: Polygon): boolean {
  const points = facesBetween([...a, ...b].map(closedLine)).map(interiorPoint);
  return points.some((point) => locate(point, a) === 'inside' && locate(point, b) === 'inside');
}
