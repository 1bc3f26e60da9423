// The database as the rest of the server relies on it: shapes in and out, transactions, one owner of a data folder, safe starts.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, link, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LatticePoint } from '../../core/coverage/geometry.ts';
import { takeDataFolder } from '../../server/database/data-folder.ts';
import { type Database, openDatabase } from '../../server/database/open.ts';
import { inTransaction, SYSTEM, sqlState } from '../../server/database/transaction.ts';
import {
  lineToWkb,
  multiPolygonToWkb,
  pointToWkb,
  polygonToWkb,
  wkbToLine,
  wkbToMultiPolygon,
  wkbToPoint,
  wkbToPolygon,
} from '../../server/database/wkb.ts';
import { BASE_MAP_PATH, readSettings, StartFailure } from '../../server/settings.ts';
import { freshPlace, openTestDatabase, ownerOf, square, type TestDatabase } from './harness.ts';

const EMBEDDED = !process.env.DATABASE_URL;
const COMMAND = fileURLToPath(new URL('../../bin/onegrid.js', import.meta.url));

let test_: TestDatabase;
beforeAll(async () => {
  test_ = await openTestDatabase();
});
afterAll(() => test_?.close());

describe('shapes', () => {
  const longitude = fc.integer({ min: -1_800_000_000, max: 1_800_000_000 });
  const latitude = fc.integer({ min: -900_000_000, max: 900_000_000 });
  const point = fc.tuple(longitude, latitude);
  const chain = (least: number) => fc.array(point, { minLength: least, maxLength: 30 }).map((points) => points.flat());
  const polygon = fc.array(chain(3), { minLength: 1, maxLength: 4 });

  const same = <T>(shapes: fc.Arbitrary<T>, thereAndBack: (shape: T) => unknown) =>
    fc.assert(
      fc.property(shapes, (shape) => {
        expect(thereAndBack(shape)).toEqual(shape);
      }),
    );

  test('come back as they went in', () => {
    same(point, (p) => wkbToPoint(pointToWkb(p as LatticePoint)));
    same(chain(2), (line) => wkbToLine(lineToWkb(line)));
    same(polygon, (p) => wkbToPolygon(polygonToWkb(p)));
    same(fc.array(polygon, { maxLength: 3 }), (m) => wkbToMultiPolygon(multiPolygonToWkb(m)));
  });
  test('are what PostGIS reads and writes, and stay on the lattice', async () => {
    const shape = [
      ...square(3, 4, 2, 2),
      ...square(4, 5, 0.5, 0.5).map((ring) => [...ring.slice(0, 2), ...ring.slice(6), ...ring.slice(4, 6), ...ring.slice(2, 4)]),
    ];
    const { rows } = await ownerOf(test_.database).query<{ text: string; shape: Buffer; lattice: boolean }>(
      `select ST_AsText(g, 7) as text, ST_AsBinary(g) as shape, on_lattice(g) as lattice from (select ST_GeomFromWKB($1, 4490) as g) as given`,
      [polygonToWkb(shape)],
    );
    expect(rows[0]?.text).toMatch(/^POLYGON\(\(99\.803 39\.404,99\.805 39\.404,.*\),\(.*\)\)$/);
    expect(wkbToPolygon(rows[0]?.shape as Buffer)).toEqual(shape);
    expect(rows[0]?.lattice).toBe(true);
  });
  test('of another kind are refused', () => {
    expect(() => wkbToPolygon(pointToWkb([1, 2]))).toThrow(/kind 3 expected, found 1/);
  });
});

describe('transactions', () => {
  beforeAll(() =>
    ownerOf(test_.database).query(
      'create table note (id integer primary key deferrable initially deferred, text text); grant all on note to public',
    ),
  );
  const notes = async () =>
    (await ownerOf(test_.database).query<{ id: number }>('select id from note order by id')).rows.map(({ id }) => id);

  test('all or nothing, also when only the commit fails', async () => {
    await inTransaction(test_.database, SYSTEM, (db) => db.query('insert into note values (1), (2)'));
    const failures = await Promise.all([
      inTransaction(test_.database, SYSTEM, async (db) => {
        await db.query('insert into note values (3)');
        throw new Error('changed my mind');
      }).catch((error: Error) => error.message),
      inTransaction(test_.database, SYSTEM, (db) => db.query('insert into note values (4), (1)')).catch(sqlState),
      inTransaction(test_.database, SYSTEM, (db) => db.query('insert into note values (5)').then(() => db.query('select 1 / 0'))).catch(
        sqlState,
      ),
    ]);
    expect(failures).toEqual(['changed my mind', '23505', '22012']);
    expect(await notes()).toEqual([1, 2]);
  });
  test('every statement gets its own answer, whatever fails beside it', async () => {
    const answers = await Promise.all(
      Array.from({ length: 400 }, async (_, i) => {
        const divisor = i % 3;
        try {
          const { rows } = await ownerOf(test_.database).query(`select $1::integer / $2::integer as ratio, 'n${i}' as name`, [i, divisor]);
          return rows;
        } catch (error) {
          return sqlState(error);
        }
      }),
    );
    expect(answers).toEqual(
      Array.from({ length: 400 }, (_, i) => (i % 3 === 0 ? '22012' : [{ ratio: Math.trunc(i / (i % 3)), name: `n${i}` }])),
    );
  });
  test('transactions side by side do not mix', async () => {
    await ownerOf(test_.database).query('create table counter (n integer); grant all on counter to public');
    await ownerOf(test_.database).query('insert into counter values (0)');
    await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        inTransaction(test_.database, SYSTEM, async (db) => {
          const { rows } = await db.query<{ n: number }>('select n from counter for update');
          await db.query('update counter set n = $1', [(rows[0]?.n ?? 0) + 1]);
          if (i % 5 === 0) throw new Error('given up');
        }).catch(() => undefined),
      ),
    );
    expect((await ownerOf(test_.database).query('select n from counter')).rows).toEqual([{ n: 40 }]);
  });
  test('work that was in the way of other work runs again', async () => {
    let runs = 0;
    await inTransaction(test_.database, SYSTEM, async (db) => {
      runs += 1;
      if (runs < 3) await db.query(`do $$ begin raise exception 'in the way' using errcode = '40P01'; end $$`);
    });
    expect(runs).toBe(3);
  });
  test('counts and sums are numbers, days are text', async () => {
    const { rows } = await ownerOf(test_.database).query(
      `select count(*) as n, sum(id) as s, date '2026-03-01' as d from (values (1), (2)) as t (id)`,
    );
    expect(rows).toEqual([{ n: 2, s: 3, d: '2026-03-01' }]);
  });
});

describe('starts', () => {
  test('several at once on one server migrate it once', { skip: EMBEDDED }, async () => {
    const place = await freshPlace();
    const opened = await Promise.all([1, 2, 3].map(() => openDatabase(place.settings)));
    const { rows } = await (opened[0] as Database).pool.query<{ n: number; d: number }>(
      'select count(*) as n, count(distinct id) as d from migrations',
    );
    expect(rows[0]?.n).toBe(rows[0]?.d);
    await Promise.all(opened.map((database) => database.close()));
    await place.remove();
  });
  test('a server that is not there ends in a sentence without the password', async () => {
    const failure = await openDatabase({ dataDir: '', databaseUrl: 'postgres://me:secret@127.0.0.1:9/x' }).catch((error: Error) => error);
    expect(failure).toBeInstanceOf(StartFailure);
    expect((failure as Error).message).toMatch(/cannot be reached/);
    expect((failure as Error).message).not.toContain('secret');
  });
});

describe.runIf(EMBEDDED)('the data folder', () => {
  test('is private', async () => {
    expect((await stat(test_.settings.dataDir)).mode & 0o777).toBe(0o700);
  });
  test('refuses a second process with a sentence and exit code 2', async () => {
    const failure = await openDatabase(test_.settings).catch((error: Error) => error);
    expect(failure).toBeInstanceOf(StartFailure);
    expect((failure as Error).message).toContain(test_.settings.dataDir);
    const second = spawn(process.execPath, [COMMAND, 'serve'], { env: { ...process.env, PORT: '0', DATA_DIR: test_.settings.dataDir } });
    let said = '';
    second.stderr.on('data', (text) => {
      said += text;
    });
    expect(await once(second, 'close')).toEqual([2, null]);
    expect(said).toContain('in use by another OneGrid process');
    expect(said).not.toMatch(/\bat .*\.ts/);
    expect((await ownerOf(test_.database).query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
  test('is free again at once after its process was killed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'onegrid-lock-'));
    const holder = hold(folder);
    await once(holder.stdout as NonNullable<ChildProcess['stdout']>, 'data');
    await expect(takeDataFolder(folder)).rejects.toThrow(StartFailure);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect(await readdir(folder)).toContain('lock');
    const taken = await takeDataFolder(folder);
    await expect(takeDataFolder(folder)).rejects.toThrow(StartFailure);
    await taken.release();
    expect(await readdir(folder)).toEqual([]);
    await rm(folder, { recursive: true });
  });
  test('goes to one of many that start at once over the lock of a dead one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'onegrid-lock-'));
    const holder = hold(folder);
    await once(holder.stdout as NonNullable<ChildProcess['stdout']>, 'data');
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    const starters = Array.from({ length: 6 }, () => hold(folder));
    const outcomes = await Promise.all(
      starters.map((starter) =>
        Promise.race([
          once(starter.stdout as NonNullable<ChildProcess['stdout']>, 'data').then(() => 'held'),
          once(starter, 'exit').then(() => 'refused'),
        ]),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'held')).toHaveLength(1);
    for (const starter of starters) starter.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });
  test('goes to one alone, whenever the others come, also where some died while they cleared the dead lock away', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'onegrid-lock-'));
    for (let round = 0; round < 100; round++) {
      await leaveDead(folder, 'lock');
      if (round % 2 === 1) {
        const { ino, mtimeNs } = await stat(join(folder, 'lock'), { bigint: true });
        await leaveDead(folder, `lock.${ino.toString(36)}-${mtimeNs.toString(36)}`);
      }
      const starts = await Promise.allSettled(
        Array.from({ length: 12 }, async (_, late) => {
          for (let turn = 0; turn < late; turn++) await setImmediate();
          return takeDataFolder(folder);
        }),
      );
      const held = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
      expect(held).toHaveLength(1);
      for (const start of starts) if (start.status === 'rejected') expect(start.reason).toBeInstanceOf(StartFailure);
      expect(await readdir(folder)).toEqual(['lock']);
      await held[0]?.release();
      expect(await readdir(folder)).toEqual([]);
    }
    await rm(folder, { recursive: true });
  });
  test('may lie deep: a path longer than a socket may have', async () => {
    const top = await mkdtemp(join(tmpdir(), 'onegrid-deep-'));
    const deep = join(top, 'd'.repeat(120));
    await cp(test_.settings.dataDir, deep, { recursive: true, filter: (path) => !/lock|PGSQL/.test(path) });
    const database = await openDatabase({ dataDir: deep, databaseUrl: undefined });
    expect((await ownerOf(database).query('select count(*) as n from region')).rows).toEqual([{ n: 0 }]);
    await database.close();
    await rm(top, { recursive: true });
  });
  test('that a first start left half made is made anew', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'onegrid-half-'));
    await mkdir(join(folder, 'postgres'));
    await writeFile(join(folder, 'postgres', 'PG_VERSION'), '18');
    const database = await openDatabase({ dataDir: folder, databaseUrl: undefined });
    expect((await ownerOf(database).query('select count(*) as n from region')).rows).toEqual([{ n: 0 }]);
    await database.close();
    await rm(folder, { recursive: true });
  });
});

/** The socket of a process that was killed. */
async function leaveDead(folder: string, name: string): Promise<void> {
  const own = join(folder, 'own');
  const socket = createServer().listen(own);
  await once(socket, 'listening');
  await link(own, join(folder, name));
  socket.close();
  await once(socket, 'close');
}

/** A process that takes the folder and says so, or ends. */
function hold(folder: string): ChildProcess {
  const module = new URL('../../server/database/data-folder.ts', import.meta.url).href;
  const script = `import(${JSON.stringify(module)}).then(({ takeDataFolder }) => takeDataFolder(${JSON.stringify(folder)}))
    .then(() => { process.stdout.write('held'); setInterval(() => {}, 1000); }, () => process.exit(2));`;
  return spawn(process.execPath, ['--import', 'tsx', '-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
}

describe('settings', () => {
  test('have defaults; an empty variable counts as not set', () => {
    expect(readSettings({ PORT: '', HOST: '' })).toMatchObject({ host: '127.0.0.1', port: 8080, databaseUrl: undefined, baseMap: null });
    expect(readSettings({ BASE_MAP_URL: 'https://tiles.example/{z}/{x}/{y}' }).baseMap).toMatchObject({ kind: 'xyz' });
  });
  test('serve an archive of base map tiles that lies on this machine, and leave one elsewhere where it is', () => {
    const settings = (BASE_MAP_URL: string) => readSettings({ BASE_MAP_KIND: 'pmtiles', BASE_MAP_URL });
    expect(settings('/srv/gansu.pmtiles')).toMatchObject({ baseMap: { url: BASE_MAP_PATH }, baseMapFile: '/srv/gansu.pmtiles' });
    expect(settings('https://tiles.example/a.pmtiles')).toMatchObject({
      baseMap: { url: 'https://tiles.example/a.pmtiles' },
      baseMapFile: null,
    });
  });
  test('that make no sense are all named', () => {
    expect(() => readSettings({ PORT: '99999', DATABASE_URL: 'mysql://x', BASE_MAP_KIND: 'wfs' })).toThrow(
      /PORT.*DATABASE_URL.*BASE_MAP_KIND/s,
    );
  });
});
