// How long the check of a finished layout takes, and the same questions in PostGIS with its indexes built and its caches warm.
import pg from 'pg';
import { geojsonMultiPolygon, geojsonPolygon, toDegrees } from '../../core/coverage/lattice.ts';
import { checkLayout } from '../../core/layout-check/check-layout.ts';
import { type ReadLayout, readLayout } from '../../core/layout-check/read-layout.ts';
import { type DividedCounty, dividedCounty } from '../core/layout-check/divided-county.ts';
import { freshPlace } from '../server/harness.ts';
import { type Figures, repeat, rounded, spreadOf } from './figures.ts';

/** Gives 419 communities, about 2,500 grids and 144,000 buildings. */
const HOUSEHOLDS = 1_000_000;
const SEED = 7;
const RUNS = 20;
const WARM_UP = 5;
const POSTGIS_RUNS = 3;
/** Rows in one statement. */
const BATCH = 5_000;
/** As a foreign program might write it: about 10 cm, so that nothing matches the communities any more. */
const FOREIGN_DECIMALS = 6;

/** What takes time; names, codes, sizes and totals are left out on that side. */
const QUESTIONS = {
  overlaps: 'select a.id, b.id from grid a join grid b on a.id < b.id and ST_Overlaps(a.area, b.area)',
  gapsAndSpill: `select community.id, ST_Area(ST_Difference(community.area, joined.area)), ST_Area(ST_Difference(joined.area, community.area))
    from community join (select community, ST_Union(area) as area from grid group by community) joined on joined.community = community.id`,
  households: `select grid.id, sum(households), count(*)
    from grid join building on ST_Within(building.point, grid.area) group by grid.id`,
  // Grid by grid, so that PostGIS prepares each grid once.
  cutBuildings: `select id from building
    except select building.id from grid join building on ST_Within(building.footprint, grid.area)`,
  areas: 'select id, ST_Area(area::geography) from grid',
  soundRings: 'select id from grid where not ST_IsValid(area)',
} as const;

export async function benchCheckLayout(): Promise<Figures> {
  const city = dividedCounty(HOUSEHOLDS, SEED);
  const layout = readLayout(new TextEncoder().encode(JSON.stringify(city.layout)));
  const foreign = readLayout(new TextEncoder().encode(coarse(city)));
  const { communities, buildings } = city.surroundings;
  const without = { ...city.surroundings, barriers: [] };
  const size = { communities: communities.length, grids: layout.grids.length, buildings: buildings.length };
  const own = spreadOf(repeat(RUNS, WARM_UP, () => checkLayout(layout, without)));
  const figures: Record<string, Record<string, number>> = {
    'noded, by twin edges': { ...size, ...own },
    'noded, with barriers': { ...size, ...spreadOf(repeat(POSTGIS_RUNS, 1, () => checkLayout(layout, city.surroundings))) },
    'not noded, by faces': { ...size, ...spreadOf(repeat(POSTGIS_RUNS, 1, () => checkLayout(foreign, without))) },
  };
  if (process.env.DATABASE_URL === undefined) {
    console.log('PostGIS was left out: DATABASE_URL names no server.');
    return figures;
  }
  const postgis = await inPostgis(city, layout);
  return { ...figures, 'the same questions in PostGIS': { ...postgis, timesOurs: rounded((postgis.allP50Ms as number) / own.p50Ms, 1) } };
}

function coarse({ layout }: DividedCounty): string {
  return JSON.stringify(layout, (_, value: unknown) =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toFixed(FOREIGN_DECIMALS)) : value,
  );
}

/** Median milliseconds by question. */
async function inPostgis(city: DividedCounty, layout: ReadLayout): Promise<Record<string, number>> {
  const place = await freshPlace();
  const client = new pg.Client({ connectionString: place.variables.DATABASE_URL });
  try {
    await client.connect();
    await load(client, city, layout);
    const figures: Record<string, number> = {};
    let all = 0;
    for (const [name, question] of Object.entries(QUESTIONS)) {
      await client.query(question);
      const times: number[] = [];
      for (let i = 0; i < POSTGIS_RUNS; i++) {
        const begun = performance.now();
        await client.query(question);
        times.push(performance.now() - begun);
      }
      const { p50Ms } = spreadOf(times);
      figures[`${name}P50Ms`] = p50Ms;
      all += p50Ms;
    }
    return { ...figures, allP50Ms: rounded(all) };
  } finally {
    await client.end();
    await place.remove();
  }
}

async function load(client: pg.Client, { surroundings }: DividedCounty, { grids }: ReadLayout): Promise<void> {
  await client.query(`create extension if not exists postgis;
    create unlogged table community (id integer primary key, area geometry);
    create unlogged table grid (id integer primary key, community integer, area geometry);
    create unlogged table building (id integer primary key, households integer, point geometry, footprint geometry)`);
  const { communities, buildings } = surroundings;
  const positions = new Map(communities.map(({ code }, position) => [code, position]));
  const text = (type: string, coordinates: unknown): string => JSON.stringify({ type, coordinates });
  const area = (polygons: Parameters<typeof geojsonMultiPolygon>[0]): string => text('MultiPolygon', geojsonMultiPolygon(polygons));
  await insert(
    client,
    'insert into community select id, ST_GeomFromGeoJSON(area) from unnest($1::integer[], $2::text[]) as t(id, area)',
    communities.map((community, id) => [id, area(community.area)]),
  );
  await insert(
    client,
    'insert into grid select id, community, ST_GeomFromGeoJSON(area) from unnest($1::integer[], $2::integer[], $3::text[]) as t(id, community, area)',
    grids.map(({ community, polygons }, id) => [id, positions.get(community), area(polygons)]),
  );
  await insert(
    client,
    `insert into building select id, households, ST_GeomFromGeoJSON(point), ST_GeomFromGeoJSON(footprint)
     from unnest($1::integer[], $2::integer[], $3::text[], $4::text[]) as t(id, households, point, footprint)`,
    buildings.map(({ point, footprint, households }, id) => {
      const place = text('Point', point.map(toDegrees));
      return [id, households, place, footprint ? text('Polygon', geojsonPolygon(footprint)) : place];
    }),
  );
  await client.query(`create index on community using gist (area); create index on grid using gist (area);
    create index on building using gist (point); create index on building using gist (footprint); analyze`);
}

async function insert(client: pg.Client, statement: string, rows: readonly (readonly unknown[])[]): Promise<void> {
  for (let from = 0; from < rows.length; from += BATCH) {
    const batch = rows.slice(from, from + BATCH);
    await client.query(
      statement,
      (batch[0] ?? []).map((_, column) => batch.map((row) => row[column])),
    );
  }
}
