// Broken files through the whole import: each ends as rows that are taken, mended or refused with a reason, and never as half of itself.
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ImportDecisions } from '../../core/api/import-messages.ts';
import { systemIdentity } from '../../server/http/identity.ts';
import { NO_DECISIONS, runImport } from '../../server/imports/run-import.ts';
import { cleanChoice } from '../../server/imports/source-to-read.ts';
import { SIDE } from '../core/import/collections.ts';
import {
  byGdal,
  geojson,
  numberCell,
  Plot,
  replacedText,
  sent,
  shapefile,
  sheetRow,
  textCell,
  withNumber,
  workbook,
} from './dirty-files.ts';
import { ownerOf, startTestServer, type TestServer } from './harness.ts';
import { ImportDesk, type ImportEnd, type SentFile } from './import-desk.ts';
import { everyFormat, shapefileParts, sourceFolder, zipped } from './source-files.ts';

/** Each goes the whole way, threads and database included. */
const DAMAGED_FILES = 25;

const { shp, shx, dbf } = shapefileParts();
const PARTS = { 'x.shp': shp, 'x.shx': shx, 'x.dbf': dbf };
/** Packed before the server is there: it takes seconds, in which nobody would be answered. */
const BOMB = zipped({ ...PARTS, 'x.shp': new Uint8Array(65 * 1024 * 1024) });

let server: TestServer;
let desk: ImportDesk;
let before: Readonly<Record<string, string>>;
beforeAll(async () => {
  server = await startTestServer();
  desk = new ImportDesk(server);
  const plot = new Plot(0);
  const { verdict } = await desk.take([geojson('communities', plot.communities()), geojson('buildings', plot.buildings())]);
  expect(verdict).toBe('done');
});
afterAll(() => server?.close());

let plots = 0;
const nextPlot = (): Plot => {
  plots += 1;
  return new Plot(plots);
};

/** What the report says of single rows: `refused communities 2 geometry-missing`. */
const foundIn = ({ status }: ImportEnd): string[] =>
  (status?.report?.findings ?? []).map(({ verdict, file, feature, message }) => `${verdict} ${file} ${feature} ${message}`).sort();

const take = (files: readonly SentFile[], decisions: Partial<ImportDecisions> = {}) => desk.take(files, decisions);

/** Nothing changed, and somebody who asks is answered. */
async function expectUntouched(end: ImportEnd, problem: string): Promise<void> {
  expect(end.verdict, JSON.stringify([end.problem, foundIn(end)])).not.toBe('done');
  expect(end.problem).toMatchObject({ code: problem, detail: expect.stringMatching(/\p{Script=Han}/u) });
  expect(await changedTables()).toEqual([]);
}

async function changedTables(): Promise<string[]> {
  const now = await desk.stored();
  return Object.keys(now).filter((table) => now[table] !== before[table]);
}

async function expectRefused(files: readonly SentFile[], ...found: string[]): Promise<void> {
  const end = await take(files);
  await expectUntouched(end, 'import-refused');
  expect(foundIn(end)).toEqual(found);
}

async function expectDone(
  files: readonly SentFile[],
  found: readonly unknown[],
  decisions: Partial<ImportDecisions> = {},
): Promise<ImportEnd> {
  const end = await take(files, decisions);
  expect([end.verdict, end.problem?.detail ?? null, foundIn(end)]).toEqual(['done', null, found]);
  await expectInvariants();
  before = await desk.stored();
  return end;
}

/** What the database asks at every commit, asked once more of everything. */
async function expectInvariants(): Promise<void> {
  const owner = ownerOf(server.database);
  await owner.query(`select check_community_tiling(code), check_community_counts(code) from region where level = 'community'`);
  const { rows } = await owner.query('select from pending_check');
  expect(rows).toEqual([]);
}

beforeEach(async () => {
  before = await desk.stored();
});
afterEach(async () => {
  expect(await desk.answers()).toBe(true);
});

describe('shapes', () => {
  it('takes rings of either direction', async () => {
    const plot = nextPlot();
    await expectDone([geojson('communities', [plot.community(1, plot.ring(1).toReversed()), plot.community(2)])], []);
  });

  it('refuses a bowtie: what was meant cannot be told', async () => {
    const plot = nextPlot();
    const bowtie = [plot.at(0, 0), plot.at(1, 1), plot.at(1, 0), plot.at(0, 1), plot.at(0, 0)];
    await expectRefused(
      [geojson('communities', [plot.community(1, bowtie), plot.community(2)])],
      'refused communities 1 self-intersection',
    );
  });

  it('closes an open ring, and says so', async () => {
    const plot = nextPlot();
    const open = plot.ring(1).slice(0, -1);
    await expectDone([geojson('communities', [plot.community(1, open), plot.community(2)])], ['mended communities 1 ring-closed']);
  });

  it.each(['NaN', '-Infinity', '1e999'])('refuses a row that has %s for a coordinate', async (number) => {
    const plot = nextPlot();
    const broken = plot.ring(2).map(([x, y], i) => (i === 2 ? ['NUMBER', y] : [x, y]));
    const end = await take([withNumber('communities', [plot.community(1), plot.community(2, broken)], number)]);
    await expectUntouched(end, 'import-refused');
    expect(foundIn(end)).toEqual([expect.stringMatching(/^refused communities 2 (feature-malformed|coordinates-not-degrees)$/)]);
  });

  it('drops heights and measures, and says so', async () => {
    const plot = nextPlot();
    const high = plot.ring(1).map(([x, y]) => [x, y, 1350, 7]);
    await expectDone([geojson('communities', [plot.community(1, high), plot.community(2)])], ['mended communities 1 heights-dropped']);
    const other = nextPlot();
    const features = other.communities();
    await expectDone(
      [await byGdal(other, 'zm.gpkg', ['-f', 'GPKG', '-dim', 'XYZM', '-a_srs', 'EPSG:4490'], features)],
      ['mended communities 1 heights-dropped'],
    );
  });

  it('straightens curves, and says in which rows', async () => {
    const plot = nextPlot();
    const curved = ['-f', 'GPKG', '-nlt', 'CURVEPOLYGON', '-a_srs', 'EPSG:4490', '-dialect', 'OGRSQL', '-sql', 'SELECT * FROM communities'];
    await expectDone(
      [await byGdal(plot, 'curves.gpkg', curved)],
      ['mended communities 1 curve-straightened', 'mended communities 2 curve-straightened'],
    );
  });

  it('takes points among the footprints of buildings, refuses them among borders and lines in both', async () => {
    const plot = nextPlot();
    const line = { type: 'LineString', coordinates: [plot.at(0, 0), plot.at(1, 1)] };
    const buildings = [plot.building(1), plot.building(2, plot.point(0.5, 0.5))];
    await expectDone([geojson('communities', plot.communities()), geojson('buildings', buildings)], []);
    const other = nextPlot();
    const point = { ...other.community(2), geometry: other.point(1.5, 0.5) };
    await expectRefused(
      [geojson('communities', [other.community(1), point]), geojson('buildings', [other.building(1), other.building(2, line)])],
      'refused buildings 2 geometry-type',
      'refused communities 2 geometry-type',
    );
  });

  it('refuses what has no geometry, no area, or is no feature', async () => {
    const plot = nextPlot();
    const flat = [plot.at(0, 0), plot.at(1, 0), plot.at(0, 0)];
    const collected = { type: 'GeometryCollection', geometries: [plot.point(0, 0)] };
    const features = [
      plot.community(1),
      { ...plot.community(2), geometry: null },
      plot.community(3, [...flat, plot.at(0, 0)]),
      { ...plot.community(4), geometry: collected },
      7,
    ];
    const end = await take([geojson('communities', features)]);
    await expectUntouched(end, 'import-refused');
    const refused = foundIn(end).map((line) => line.split(' ')[2]);
    expect([...new Set(refused)]).toEqual(['2', '3', '4', '5']);
  });

  it('takes rings of 5,000 vertices, and gives up scribble of as many at once', async () => {
    const plot = nextPlot();
    const [x, y] = plot.at(0.5, 0.5);
    const round = Array.from({ length: 5_000 }, (_, i) => {
      const radius = (SIDE / 2.5) * (1 + 0.1 * Math.sin(i * 0.9));
      return [x + radius * Math.cos((i * Math.PI) / 2_500), y + radius * Math.sin((i * Math.PI) / 2_500)];
    });
    await expectDone([geojson('communities', [plot.community(1, [...round, round[0]])])], []);
    const other = nextPlot();
    // Low-discrepancy places: every line crosses most others.
    const scribble = Array.from({ length: 5_000 }, (_, i) => other.at((i * 0.7548776662) % 1, (i * 0.5698402909) % 1));
    await expectRefused(
      [geojson('communities', [other.community(1, scribble), other.community(2)])],
      ...['mended communities 1 ring-closed', 'refused communities 1 self-intersection'],
    );
  });
});

describe('rows', () => {
  it('refuses a code that is there twice', async () => {
    const plot = nextPlot();
    const twice = plot.community(2, undefined, { code: plot.code(1) });
    await expectRefused([geojson('communities', [plot.community(1), twice])], 'refused communities 2 code-duplicate');
  });

  it('takes a building that is there twice once, and says where another has its id', async () => {
    const plot = nextPlot();
    const other = plot.building(3, undefined, { id: plot.id(1) });
    const end = await expectDone(
      [geojson('communities', plot.communities()), geojson('buildings', [plot.building(1), plot.building(1), other])],
      ['mended buildings 2 building-double', 'mended buildings 3 building-id-repeated'],
    );
    expect(end.status?.report?.households).toBe(4);
  });

  it('joins buildings that the edge of a tile of an open map cut', async () => {
    const plot = nextPlot();
    const [left, right] = [0, 1].map((i) => {
      const [west, east] = [0.5 + i * 0.01, 0.51 + i * 0.01];
      const ring = [plot.at(west, 0.5), plot.at(east, 0.5), plot.at(east, 0.52), plot.at(west, 0.52), plot.at(west, 0.5)];
      return { type: 'Feature', properties: { '@id': 'way/7', building: 'yes' }, geometry: { type: 'Polygon', coordinates: [ring] } };
    });
    const map = JSON.stringify({ type: 'FeatureCollection', features: [left, right] });
    await expectDone(
      [geojson('communities', plot.communities()), sent('buildings', 'export.geojson', map, { layer: 'buildings' })],
      ['mended buildings 2 osm-pieces-joined'],
    );
  });

  it('refuses coordinates that are swapped until somebody says so', async () => {
    const plot = nextPlot();
    const swap = (ring: number[][]) => ring.map(([x = 0, y = 0]) => [y, x]);
    const features = [1, 2].map((number) => plot.community(number, swap(plot.ring(number))));
    await expectRefused(
      [geojson('communities', features)],
      'refused communities 1 coordinates-swapped',
      'refused communities 2 coordinates-swapped',
    );
    const [file] = [geojson('communities', features)];
    await expectDone([{ ...file, choice: { ...file?.choice, swapAxes: true } } as SentFile], []);
  });

  it('refuses the rows of a file that are in other coordinates than the rest', async () => {
    const plot = nextPlot();
    const metres = plot.ring(2).map(([x = 0, y = 0]) => [33_400_000 + x * 1e5, y * 1e5]);
    await expectRefused(
      [geojson('communities', [plot.community(1), plot.community(2, metres)])],
      'refused communities 2 coordinates-not-degrees',
    );
  });

  it('asks who receives an overlap of kilometres, and gives it', async () => {
    const plot = nextPlot();
    const [west, south] = plot.at(0, 0);
    const wide = (shift: number) => [
      [west + shift, south],
      [west + shift + 0.05, south],
      [west + shift + 0.05, south + SIDE],
      [west + shift, south + SIDE],
      [west + shift, south],
    ];
    const files = [geojson('communities', [plot.community(1, wide(0)), plot.community(2, wide(0.02))])];
    const end = await take(files);
    await expectUntouched(end, 'import-refused');
    expect(end.status?.report?.misfits).toMatchObject([{ kind: 'overlap', givenTo: null, decidedBy: null }]);
    const mended = expect.stringMatching(/^mended communities \d overlap-mended$/);
    const decided = await expectDone(files, [mended], { otherMisfits: 'larger' });
    expect(decided.status?.report?.misfits).toMatchObject([{ kind: 'overlap', decidedBy: 'rule' }]);
  });

  it('refuses codes that a spreadsheet shortened, and takes those it only made numbers', async () => {
    const plot = nextPlot();
    const shortened = plot.community(2, undefined, { code: '6.20724E+11' });
    await expectRefused([geojson('communities', [plot.community(1), shortened])], 'refused communities 2 code-invalid');
    const numbered = plot.community(2, undefined, { code: Number(plot.code(2)) });
    await expectDone([geojson('communities', [plot.community(1), numbered])], []);
  });
});

describe('files', () => {
  it.each<[string, SentFile, string]>([
    ['nothing at all', sent('communities', 'none.geojson', ''), 'file-empty'],
    ['a list of nothing', geojson('communities', []), 'file-empty'],
    [
      'half of a list',
      sent('communities', 'half.geojson', geojson('communities', new Plot(0).communities()).content.slice(0, -9)),
      'file-not-json',
    ],
    ['a picture', sent('communities', 'map.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')), 'file-format-unknown'],
    ['a workbook of old', sent('communities', 'old.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex')), 'file-format-old'],
  ])('refuses %s', async (_, file, problem) => {
    const end = await take([file]);
    expect(end.verdict).toBe('unreadable');
    await expectUntouched(end, problem);
  });

  it('refuses zips made to harm', async () => {
    await expectUntouched(await take([sent('communities', 'bomb.zip', BOMB)]), 'zip-bomb');
    await expectUntouched(await take([sent('communities', 'path.zip', zipped({ ...PARTS, '../../x.shp': shp }))]), 'zip-unsafe-path');
    await expectUntouched(await take([sent('communities', 'nested.zip', zipped({ ...PARTS, 'y.zip': zipped(PARTS) }))]), 'zip-nested');
  });

  it('refuses the row at which a Shapefile breaks off', async () => {
    await expectRefused([shapefile(nextPlot(), ({ shp }) => ({ shp: shp.slice(0, -40) }))], 'refused communities 2 geometry-missing');
    const { content, ...rest } = shapefile(nextPlot());
    await expectUntouched(await take([{ ...rest, content: content.slice(0, -300) }]), 'file-broken');
  });

  it('refuses a coordinate of a Shapefile that is no number', async () => {
    const nan = shapefile(nextPlot(), ({ shp }) => {
      const changed = shp.slice();
      new DataView(changed.buffer).setFloat64(changed.length - 32, Number.NaN, true);
      return { shp: changed };
    });
    const end = await take([nan]);
    await expectUntouched(end, 'import-refused');
    expect(foundIn(end)).toEqual([expect.stringMatching(/^refused communities 2 /)]);
  });

  it('says which names are broken when a DBF is cut within a character', async () => {
    const plot = nextPlot();
    const file = shapefile(plot, ({ dbf }) => ({ dbf: replacedText(dbf, '幸福社区2', [0xd0, 0xff, 0x20]) }));
    const end = await take([file]);
    expect(foundIn(end)).toEqual([expect.stringMatching(/communities 2 /)]);
    await expectUntouched(end, 'import-refused');
  });
});

describe('sheets', () => {
  const list = (content: string | Uint8Array, name = 'households.xlsx'): SentFile =>
    sent('households', name, content, { fields: { building: '楼栋编号', households: '户数' } });
  const header = sheetRow(textCell('楼栋编号'), textCell('户数'));
  const stored = new Plot(0);
  const householdsOf = async (number: number): Promise<number> => {
    const { rows } = await ownerOf(server.database).query<{ households: number }>('select households from building where source_id = $1', [
      stored.id(number),
    ]);
    return rows[0]?.households ?? -1;
  };

  it('takes a sheet of one row', async () => {
    const estimated = 'mended households 2 household-persons-estimated';
    await expectDone([list(workbook(header + sheetRow(textCell(stored.id(1)), numberCell(41))))], [estimated]);
    expect(await householdsOf(1)).toBe(41);
  });

  it('takes a sheet of 100,000 rows, and counts every one', async () => {
    const rows = Array.from({ length: 100_000 }, (_, i) => sheetRow(textCell(stored.id(1 + (i % 2))), numberCell(1)));
    const end = await expectDone([list(workbook(header + rows.join('')))], ['mended households 2 household-persons-estimated']);
    expect(end.status?.report?.counts.households).toEqual({ taken: 99_999, mended: 1, refused: 0 });
    expect([await householdsOf(1), await householdsOf(2)]).toEqual([50_000, 50_000]);
  });

  it('takes the values of formulas, never works one out, and hands none back', async () => {
    const formula = '<c><f>40+2</f><v>42</v></c>';
    const bare = '<c><f>40+2</f></c>';
    const rows = [
      sheetRow(textCell(stored.id(1)), formula),
      sheetRow(textCell(stored.id(2)), bare),
      sheetRow(textCell('=HYPERLINK(0)'), numberCell(3)),
    ];
    const files = [list(workbook(header + rows.join('')))];
    const end = await take(files);
    await expectUntouched(end, 'import-refused');
    expect(foundIn(end).filter((line) => line.startsWith('refused'))).toEqual([
      'refused households 3 households-row-empty',
      'refused households 4 household-row-unmatched',
    ]);
    expect((await take(files, { skipRefused: true })).verdict).toBe('done');
    expect([await householdsOf(1), await householdsOf(2)]).toEqual([42, 50_000]);
    before = await desk.stored();
  });

  it('refuses the second line of a header whose cells are merged', async () => {
    const rows = [
      sheetRow(textCell('楼栋编号'), '<c/>', textCell('户数'), textCell('备注')),
      sheetRow(textCell('编号'), textCell('名称')),
      sheetRow(textCell(stored.id(3)), textCell('三号楼'), numberCell(7), textCell('无')),
    ];
    const merged = '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="C1:C2"/></mergeCells>';
    const end = await take([list(workbook(rows.join(''), merged))]);
    await expectUntouched(end, 'import-refused');
    expect(foundIn(end)).toContain('refused households 2 households-row-empty');
    expect(foundIn(end).filter((line) => line.startsWith('refused'))).toHaveLength(1);
  });

  it('refuses the rows whose code lost its digits', async () => {
    const register = sent('households', 'register.csv', `社区代码,户数\n${stored.code(1)},5\n6.20724E+11,7\n`, {
      fields: { communityCode: '社区代码', households: '户数' },
    });
    const end = await take([register]);
    await expectUntouched(end, 'import-refused');
    expect(foundIn(end)).toContain('refused households 3 register-row-unmatched');
  });
});

describe('limits', () => {
  const runWith = async (limits: { seconds: number; heapMegabytes: number }) => {
    const plot = new Plot(900);
    const folder = sourceFolder();
    const { content } = geojson('communities', plot.communities());
    const path = folder.write('communities.geojson', content);
    const source = { path, name: 'communities.geojson', choice: cleanChoice('communities') };
    const options = { by: systemIdentity('test'), decisions: NO_DECISIONS, store: true, limits };
    try {
      return (await runImport(server.database, [source], options)).problem?.code;
    } finally {
      folder.remove();
    }
  };

  it('end an import that takes too long or too much memory, with the reason', async () => {
    expect(await runWith({ seconds: 0.05, heapMegabytes: 512 })).toBe('file-too-slow');
    expect(await runWith({ seconds: 60, heapMegabytes: 8 })).toBe('file-too-much-memory');
    expect(await changedTables()).toEqual([]);
    expect(leftovers()).toEqual([]);
  });
});

/** Work folders of threads and imports of this process. */
const leftovers = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith(`onegrid-import-${process.pid}-`));

describe('random damage', () => {
  it('never ends the server, and never leaves a half', { timeout: 15 * 60_000 }, async () => {
    const formats = Object.entries(await everyFormat());
    const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
    const damage = fc.record({
      format: fc.constantFrom(...formats),
      kept: fc.oneof(fc.constant(1), share),
      changes: fc.array(fc.tuple(share, fc.nat(255)), { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ format: [name, bytes], kept, changes }) => {
        const broken = bytes.slice(0, Math.ceil(bytes.length * kept));
        for (const [at, byte] of changes) broken[Math.floor(at * broken.length)] = byte;
        const choice = { kind: 'communities', crs: 'EPSG:4490', swapAxes: false } as const;
        const end = await take([{ name, content: broken, choice }], { otherMisfits: 'larger' });
        expect(await desk.answers()).toBe(true);
        expect(end.problem?.code ?? null).not.toBe('import-failed');
        if (end.verdict === 'done') {
          await expectInvariants();
          before = await desk.stored();
        } else {
          expect(end.problem?.detail).toBeTruthy();
          expect(await changedTables()).toEqual([]);
        }
      }),
      { numRuns: DAMAGED_FILES },
    );
    expect(leftovers()).toEqual([]);
  });
});
