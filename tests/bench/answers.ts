// How long the server takes, demo county loaded, to check a community and the whole plan, and to answer with a tile.
import { tileLayers } from '../../server/tiles/layers.ts';
import type { PlanClient } from '../server/client.ts';
import { type Demo, onEveryEngine, type Times } from './engines.ts';
import type { Figures } from './figures.ts';

const COMMUNITY_CHECKS = 20;
const PLAN_CHECKS = 3;
/** Every layer in each zoom, over so many communities. */
const TILE_ZOOMS = [8, 10, 12, 13, 14, 15, 16];
const TILE_COMMUNITIES = 12;

export const benchAnswers = (): Promise<Figures> => onEveryEngine(ask);

async function ask({ client, plan }: Demo): Promise<Times> {
  const [largest] = [...plan.communities].sort((a, b) => b.blocks - a.blocks);
  return {
    'check of the largest community': await timesOf(
      client,
      Array(COMMUNITY_CHECKS).fill(`${checksOf(plan.id)}?community=${largest?.code}`),
    ),
    'check of the whole plan': await timesOf(client, Array(PLAN_CHECKS).fill(checksOf(plan.id))),
    tile: await timesOf(client, tiles(plan.communities.map(({ bounds }) => bounds))),
  };
}

const checksOf = (plan: number): string => `/api/plans/${plan}/checks`;

/** One after the other; the body is read, too. */
async function timesOf({ address }: PlanClient, paths: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  for (const path of paths) {
    const begun = performance.now();
    const response = await fetch(`${address}${path}`);
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    times.push(performance.now() - begun);
  }
  return times;
}

/** Paths of the tiles over the middle of communities that are spread over the county. */
function tiles(places: readonly (readonly [number, number, number, number])[]): string[] {
  const every = Math.ceil(places.length / TILE_COMMUNITIES);
  return places
    .filter((_, i) => i % every === 0)
    .flatMap(([west, south, east, north]) => TILE_ZOOMS.map((zoom) => tileAt((west + east) / 2, (south + north) / 2, zoom)))
    .flatMap((tile) => [...tileLayers.keys()].map((layer) => `/tiles/${layer}/${tile}`));
}

function tileAt(longitude: number, latitude: number, zoom: number): string {
  const count = 2 ** zoom;
  const x = Math.floor(((longitude + 180) / 360) * count);
  const y = Math.floor(((1 - Math.asinh(Math.tan((latitude * Math.PI) / 180)) / Math.PI) / 2) * count);
  return `${zoom}/${x}/${y}`;
}
