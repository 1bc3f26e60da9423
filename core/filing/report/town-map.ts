// The map of one town as SVG: grid outlines with the ends of their codes, borders of communities, north, scale.
import type { Position } from 'geojson';
import { latticePolygon, toDegrees } from '../../coverage/lattice.ts';
import { interiorPoint } from '../../coverage/locate.ts';
import { doubledArea } from '../../coverage/ring.ts';
import type { Layout } from '../../export/layout.ts';
import type { GridKind } from '../../plan/state.ts';
import type { FilingCommunity } from '../contents.ts';
import { type Html, html } from './html.ts';

type Grid = Layout['features'][number];

/** Units of the drawing; print scales it to the sheet. */
const WIDTH = 1000;
const MAX_HEIGHT = 640;
const MARGIN = 12;
const METRES_PER_DEGREE = 111_320;
/** Height of the letters of a code, and how wide one is in shares of it. */
const LETTER = { least: 3.5, most: 13, width: 0.58 };
/** Characters of a code that a map shows at least. */
const LEAST_SHOWN = 6;
const FILLS: Readonly<Record<GridKind, string>> = { urban: '#e8f0fb', rural: '#edf6e4', dedicated: '#fdeccf', thematic: 'none' };

/** What all codes of the town begin with and its map leaves out. */
export function sharedPrefix(codes: readonly string[]): string {
  const [first = ''] = codes;
  let length = Math.max(0, first.length - LEAST_SHOWN);
  while (!codes.every((code) => code.startsWith(first.slice(0, length)))) length--;
  return first.slice(0, length);
}

/** `grids` and `communities` of one town. */
export function townMap(grids: readonly Grid[], communities: readonly FilingCommunity[], prefix: string): Html {
  const view = viewOf(grids);
  const areas = grids.map(
    ({ geometry, properties: { kind } }) =>
      html`<path d="${pathOf(geometry.coordinates, view)}" fill="${FILLS[kind]}" stroke="#3f5f8a" stroke-width=".8"${
        kind === 'thematic' ? html` stroke-dasharray="4 3"` : ''
      }/>`,
  );
  const borders = communities.map(
    ({ outline }) => html`<path d="${pathOf(outline.coordinates, view)}" fill="none" stroke="#8a1f1f" stroke-width="1.8"/>`,
  );
  const labels = grids.map((grid) => labelOf(grid, prefix, view));
  return html`<svg viewBox="0 0 ${WIDTH} ${view.height}" role="img">${areas}${borders}${labels}${scaleBar(view)}${northArrow()}</svg>`;
}

interface View {
  readonly height: number;
  readonly unitsPerMetre: number;
  readonly place: (position: Position) => readonly [number, number];
}

/** The whole town on the sheet; at the scale of a town a plane by the middle latitude is exact enough. */
function viewOf(grids: readonly Grid[]): View {
  const boxes = grids.map(({ bbox }) => bbox as [number, number, number, number]);
  const [west, south] = [0, 1].map((i) => Math.min(...boxes.map((box) => box[i] as number))) as [number, number];
  const [east, north] = [2, 3].map((i) => Math.max(...boxes.map((box) => box[i] as number))) as [number, number];
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = Math.min((WIDTH - 2 * MARGIN) / ((east - west) * shrink), (MAX_HEIGHT - 2 * MARGIN) / (north - south));
  const left = (WIDTH - (east - west) * shrink * scale) / 2;
  return {
    height: Math.ceil((north - south) * scale + 2 * MARGIN),
    unitsPerMetre: scale / METRES_PER_DEGREE,
    place: ([x = 0, y = 0]) => [left + (x - west) * shrink * scale, MARGIN + (north - y) * scale],
  };
}

function pathOf(polygons: readonly (readonly (readonly Position[])[])[], { place }: View): string {
  const rings = polygons.flat().map((ring) => ring.slice(0, -1).map((position) => place(position).map(short).join(' ')));
  return rings.map((points) => `M${points.join('L')}Z`).join('');
}

function labelOf({ geometry, properties }: Grid, prefix: string, { place }: View): Html {
  const largest = geometry.coordinates.map(latticePolygon).reduce((a, b) => (doubledArea(b) > doubledArea(a) ? b : a));
  const [x, y] = place(interiorPoint(largest).map(toDegrees));
  const text = (properties.code ?? properties.name).slice(properties.code === null ? 0 : prefix.length);
  const xs = (geometry.coordinates[0]?.[0] ?? []).map((position) => place(position)[0]);
  const room = (Math.max(...xs) - Math.min(...xs)) / (text.length * LETTER.width);
  const size = Math.min(LETTER.most, Math.max(LETTER.least, room * 0.8));
  return html`<text x="${short(x)}" y="${short(y + size / 3)}" font-size="${short(size)}">${text}</text>`;
}

/** A round length of about a sixth of the sheet. */
function scaleBar({ height, unitsPerMetre }: View): Html {
  const rough = WIDTH / 6 / unitsPerMetre;
  const power = 10 ** Math.floor(Math.log10(rough));
  const metres = ([5, 2, 1].find((step) => step * power <= rough) ?? 1) * power;
  const [length, y] = [metres * unitsPerMetre, height - MARGIN];
  const label = metres >= 1000 ? `${metres / 1000} 千米` : `${metres} 米`;
  return html`<path d="M${MARGIN} ${y - 5}v5h${short(length)}v-5" fill="none" stroke="#000"/><text x="${short(
    MARGIN + length / 2,
  )}" y="${y - 4}" font-size="11">${label}</text>`;
}

function northArrow(): Html {
  const x = WIDTH - 26;
  return html`<path d="M${x} 40l7 -24l7 24l-7 -6z" fill="#333"/><text x="${x + 7}" y="12" font-size="12">北</text>`;
}

const short = (value: number): number => Math.round(value * 10) / 10;
