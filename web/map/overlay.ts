// The hand's drawing, on a canvas over the map: it follows every pointer move without the map being drawn anew.
import type { GridKind } from '../../core/plan/state.ts';
import type { CommunityIndex } from '../tools/community-index.ts';
import type { Sketch } from '../tools/tool.ts';
import type { Foresight } from '../worker/messages.ts';
import { COLOUR, gridColour } from './palette.ts';
import { screenPoint, type View } from './view.ts';

/** Everything that is drawn over the map. */
export interface Scene {
  readonly sketch: Sketch;
  readonly foresight: Foresight | null;
  /** An operation that was released and is not on the map yet: drawn until it is. */
  readonly pending: { readonly sketch: Sketch; readonly foresight: Foresight | null } | null;
  /** Text beside the mark of what was caught. */
  readonly caughtText: string;
}

export const EMPTY_SCENE: Scene = { sketch: {}, foresight: null, pending: null, caughtText: '' };

/** Nothing to be seen of it. */
export const isEmpty = ({ sketch: { line, blocks, grids, hover, caught }, foresight, pending }: Scene): boolean =>
  foresight === null && pending === null && !line?.length && !blocks && !grids?.length && hover == null && caught == null;

const TEXT_FONT = '12px "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif';
const VERTEX_PX = 4;
const MARK_PX = 7;

type Rings = readonly (readonly (readonly number[])[])[];

/** Draws the scene; `context` is scaled to CSS pixels. */
export function drawScene(context: CanvasRenderingContext2D, view: View, community: CommunityIndex | null, scene: Scene): void {
  context.clearRect(0, 0, view.width, view.height);
  context.lineJoin = 'round';
  context.lineCap = 'round';
  const pen = penOn(context, view);
  drawLine(pen, scene.sketch);
  if (community !== null) {
    if (scene.pending !== null) drawDoing(pen, community, scene.pending.sketch, scene.pending.foresight);
    drawDoing(pen, community, scene.sketch, scene.foresight);
    drawHover(pen, community, scene.sketch);
  }
  drawVertices(pen, scene.sketch);
  drawCaught(pen, scene.sketch, scene.caughtText);
}

interface Pen {
  readonly context: CanvasRenderingContext2D;
  readonly at: (position: readonly number[]) => [number, number];
  /** Begins a path along the rings. */
  readonly area: (rings: Rings) => void;
}

function penOn(context: CanvasRenderingContext2D, view: View): Pen {
  const at = (position: readonly number[]): [number, number] => screenPoint(view, position);
  const area = (rings: Rings): void => {
    context.beginPath();
    for (const ring of rings) {
      ring.forEach((position, i) => {
        const [x, y] = at(position);
        if (i === 0) context.moveTo(x, y);
        else context.lineTo(x, y);
      });
      context.closePath();
    }
  };
  return { context, at, area };
}

/** What the operation would make: sides, blocks that change hands, new border, buildings in its way. */
function drawDoing(pen: Pen, community: CommunityIndex, sketch: Sketch, foresight: Foresight | null): void {
  if (sketch.blocks !== undefined) drawBlocks(pen, community, sketch.blocks);
  if (foresight === null) return;
  drawSides(pen, community, foresight);
  drawBorder(pen, foresight);
  drawCutBuildings(pen, community, foresight.cutBuildings);
}

function drawBlocks({ context, area }: Pen, community: CommunityIndex, { ids, kind, shade }: NonNullable<Sketch['blocks']>): void {
  context.fillStyle = gridColour(kind, shade);
  context.strokeStyle = COLOUR.accent;
  for (const id of ids) {
    const block = community.block(id);
    if (block === undefined) continue;
    area(block.geometry.coordinates);
    context.globalAlpha = 0.42;
    context.fill('evenodd');
    context.globalAlpha = 0.9;
    context.lineWidth = 1.5;
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** New grids are filled, so that the eye sees what would leave; the side that keeps its name stays as it is. */
function drawSides({ context, area }: Pen, community: CommunityIndex, { sides }: Foresight): void {
  for (const side of sides) {
    if (side.grid !== 'new') continue;
    const shade = sides
      .map(({ grid }) => (typeof grid === 'number' ? community.grid(grid)?.properties.shade : undefined))
      .find((one) => one !== undefined);
    context.fillStyle = gridColour(side.kind as GridKind, (shade ?? 0) + 2);
    context.globalAlpha = 0.3;
    for (const rings of side.outline) {
      area(rings);
      context.fill('evenodd');
    }
    context.globalAlpha = 1;
  }
}

function drawBorder({ context, at }: Pen, { border }: Foresight): void {
  const path = new Path2D();
  for (const [ax, ay, bx, by] of border) {
    path.moveTo(...at([ax, ay]));
    path.lineTo(...at([bx, by]));
  }
  stroke(context, path, COLOUR.halo, 7);
  stroke(context, path, COLOUR.accent, 3.5);
}

function drawCutBuildings({ context, area }: Pen, community: CommunityIndex, ids: readonly number[]): void {
  const wanted = new Set(ids);
  if (wanted.size === 0) return;
  for (const { properties, geometry } of community.active.buildings.features) {
    if (!wanted.has(properties.id) || geometry.type !== 'Polygon') continue;
    area(geometry.coordinates);
    context.fillStyle = COLOUR.error;
    context.globalAlpha = 0.25;
    context.fill('evenodd');
    context.globalAlpha = 1;
    context.strokeStyle = COLOUR.error;
    context.lineWidth = 2.5;
    context.stroke();
  }
}

function drawHover({ context, area }: Pen, community: CommunityIndex, { hover, grids = [] }: Sketch): void {
  const outlineGrid = (id: number, width: number, fill: number): void => {
    for (const rings of community.grid(id)?.geometry.coordinates ?? []) {
      area(rings);
      context.fillStyle = COLOUR.accent;
      context.globalAlpha = fill;
      context.fill('evenodd');
      context.globalAlpha = 1;
      context.strokeStyle = COLOUR.accent;
      context.lineWidth = width;
      context.stroke();
    }
  };
  for (const id of grids) outlineGrid(id, 4, 0.18);
  if (hover != null && !grids.includes(hover)) outlineGrid(hover, 2, 0.06);
}

/** The line as the hand drew it: thin, because the border that it makes is drawn over it. */
function drawLine({ context, at }: Pen, { line = [], closed = false }: Sketch): void {
  if (line.length === 0) return;
  const path = new Path2D();
  for (const position of line) path.lineTo(...at(position));
  if (closed && line.length > 2) path.closePath();
  stroke(context, path, COLOUR.halo, 4.5);
  context.setLineDash([7, 5]);
  stroke(context, path, COLOUR.ink, 1.6);
  context.setLineDash([]);
}

function drawVertices({ context, at }: Pen, { line = [] }: Sketch): void {
  for (const position of line) {
    const [x, y] = at(position);
    context.beginPath();
    context.arc(x, y, VERTEX_PX, 0, 2 * Math.PI);
    context.fillStyle = COLOUR.halo;
    context.fill();
    context.lineWidth = 2;
    context.strokeStyle = COLOUR.accent;
    context.stroke();
  }
}

function drawCaught({ context, at }: Pen, { caught }: Sketch, text: string): void {
  if (caught == null) return;
  const [x, y] = at(caught.position);
  context.lineWidth = 2.5;
  context.strokeStyle = COLOUR.amber;
  context.beginPath();
  if (caught.vertex) context.rect(x - MARK_PX, y - MARK_PX, 2 * MARK_PX, 2 * MARK_PX);
  else context.arc(x, y, MARK_PX, 0, 2 * Math.PI);
  context.stroke();
  context.font = TEXT_FONT;
  const width = context.measureText(text).width;
  const [left, top] = [x - width / 2 - 6, y - MARK_PX - 26];
  context.fillStyle = 'rgba(38, 43, 51, 0.9)';
  context.beginPath();
  context.roundRect(left, top, width + 12, 20, 4);
  context.fill();
  context.fillStyle = COLOUR.halo;
  context.textBaseline = 'middle';
  context.fillText(text, left + 6, top + 10.5);
}

function stroke(context: CanvasRenderingContext2D, path: Path2D, colour: string, width: number): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke(path);
}
