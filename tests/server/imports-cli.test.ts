// The command line with real files: coordinates are never guessed silently, and a trial run stores nothing.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fromCgcs2000 } from '../../core/geo/crs/transform.ts';
import { box, building, code, collection, community, SIDE, SOUTH, WEST } from '../core/import/collections.ts';
import { freshPlace, type Place } from './harness.ts';
import { parents } from './import-files.ts';

const ONEGRID = fileURLToPath(new URL('../../bin/onegrid.js', import.meta.url));
const ZONE = 'EPSG:4521';
const SECONDS = 240_000;

let place: Place;
let folder: string;
beforeAll(async () => {
  place = await freshPlace();
  folder = await mkdtemp(join(tmpdir(), 'onegrid-cli-'));
  const toMetres = fromCgcs2000(ZONE);
  const ring = box(WEST, SOUTH, SIDE, SIDE).map(([x = 0, y = 0]) => toMetres(x, y));
  // GeoJSON in metres: what a survey institute exports without thinking.
  await writeFile(file('villages.geojson'), JSON.stringify(collection([community(1, parents, ring)])));
  await writeFile(
    file('buildings.csv'),
    `编号,栋名,家数,经度,纬度\nB1,一号,12,${WEST + SIDE / 2},${SOUTH + SIDE / 2}\nB2,二号,=9,${WEST + SIDE / 3},${SOUTH + SIDE / 3}\n`,
  );
  await writeFile(file('degrees.geojson'), JSON.stringify(collection([building(0.2, 0.2, { id: 'B9' })])));
});
afterAll(async () => {
  await place.remove();
  await rm(folder, { recursive: true, force: true });
});

const file = (name: string): string => join(folder, name);

function onegrid(...options: string[]): Promise<{ exit: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, ...place.variables, LC_ALL: 'zh_CN.UTF-8' };
    execFile(process.execPath, [ONEGRID, 'import', ...options], { env }, (error, out, err) => {
      resolve({ exit: error ? Number(error.code) : 0, out, err });
    });
  });
}

it('refuses to guess coordinates and offers what they may be', { timeout: SECONDS }, async () => {
  const { exit, out, err } = await onegrid('--communities', file('villages.geojson'));
  expect([exit, out]).toEqual([2, '']);
  expect(err).toContain('坐标系须由人确定');
  expect(err).toContain(`--crs ${ZONE}`);
  const unsettled = await onegrid('--buildings', file('buildings.csv'), '--crs', 'EPSG:4490', '--field', 'colour=家数');
  expect([unsettled.exit, unsettled.err]).toEqual([2, expect.stringContaining('colour')]);
  const twice = await onegrid('--buildings', file('buildings.csv'), '--crs', 'EPSG:4490', '--crs', 'EPSG:4326');
  expect([twice.exit, twice.err]).toEqual([2, expect.stringContaining('--crs')]);
});

it('tries, lists what is wrong, and takes what is good', { timeout: SECONDS }, async () => {
  const files = [
    ...['--communities', file('villages.geojson'), '--crs', ZONE],
    ...['--buildings', file('buildings.csv'), '--crs', 'EPSG:4490', '--field', 'households=家数'],
  ];
  const findings = file('findings.csv');
  const trial = await onegrid(...files, '--skip-refused', '--dry-run', '--findings', findings);
  expect(trial.exit).toBe(0);
  expect(JSON.parse(trial.out)).toMatchObject({ stored: false, counts: { buildings: { refused: 1 } }, households: 12 });
  expect(await readFile(findings, 'utf8')).toContain(`${file('buildings.csv')},楼栋,3,households,拒绝,'=9,`);
  const stored = await onegrid(...files, '--skip-refused', '--plan', '试划');
  expect([stored.exit, stored.err]).toEqual([0, expect.any(String)]);
  expect(JSON.parse(stored.out)).toMatchObject({ stored: true, unchanged: 0, plans: [{ name: '试划', region: '620724' }] });
  // The rows are stored before the list of findings meets a full disk.
  const more = await onegrid(file('degrees.geojson'), '--as', 'buildings', '--findings', '/dev/full');
  expect([more.exit, more.err]).toEqual([2, expect.stringContaining('--findings: ENOSPC')]);
  expect(JSON.parse(more.out)).toMatchObject({ stored: true, counts: { buildings: { taken: 1 } } });
});

it('reads each file as it is told, decides by the rule that it is told, and removes what a list does not have', {
  timeout: SECONDS,
}, async () => {
  const [west, south] = [WEST + 4 * SIDE, SOUTH];
  // They overlap by less than a metre and three quarters: closed by itself, were no narrower tolerance told.
  const narrow = 0.00002;
  const sixth = box(west + SIDE - narrow, south, SIDE + narrow, SIDE);
  await writeFile(file('pair.geojson'), JSON.stringify(collection([community(5, parents), community(6, parents, sixth)])));
  const [x, y] = [west + SIDE / 2, south + SIDE / 2];
  await writeFile(file('big5.csv'), iconv.encode(`編號,棟名,家數,X,Y\nC1,一號樓,12,${y},${x}\n`, 'Big5'));
  const folderOf = (name: string, id: string, households: number) =>
    `<Folder><name>${name}</name><Placemark><ExtendedData><Data name="id"><value>${id}</value></Data><Data name="households"><value>${households}</value></Data></ExtendedData><Point><coordinates>${x + SIDE},${y}</coordinates></Point></Placemark></Folder>`;
  const kml = `<kml xmlns="http://www.opengis.net/kml/2.2"><Document>${folderOf('甲', 'C2', 3)}${folderOf('乙', 'C3', 7)}</Document></kml>`;
  await writeFile(file('two.kml'), kml);
  const fields = ['id=編號', 'name=棟名', 'households=家數', 'lon=X', 'lat=Y'].flatMap((pair) => ['--field', pair]);
  const options = [
    ...['--communities', file('pair.geojson'), '--on-gap', 'larger', '--tolerance', '1'],
    ...['--buildings', file('big5.csv'), '--encoding', 'Big5', '--crs', 'EPSG:4490', '--swap-axes', ...fields],
  ];
  const layered = ['--buildings', file('two.kml'), '--layer', '乙', '--field', 'id=id', '--field', 'households=households'];
  const stored = await onegrid(...options, ...layered);
  expect([stored.exit, stored.err]).toEqual([0, expect.any(String)]);
  expect(JSON.parse(stored.out)).toMatchObject({
    ...{ stored: true, counts: { buildings: { mended: 2, refused: 0 } }, households: 19 },
    misfits: [{ kind: 'overlap', decidedBy: 'rule', givenTo: code(6) }],
  });
  const fewer = await onegrid(...options, '--remove-missing');
  expect(JSON.parse(fewer.out)).toMatchObject({ stored: true, missingBuildings: { buildings: 1, households: 7, removed: true } });
});
