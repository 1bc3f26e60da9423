// The audit log: every kind of tampering is found, nothing is lost between commit and seal, and many may write at once.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, type AuditEvent, audit } from '../../server/audit/audit.ts';
import { BEGINNING, sealsFor } from '../../server/audit/chain.ts';
import { Sealer } from '../../server/audit/sealer.ts';
import { insertSeals, readHead, readUnsealed, searchEntries } from '../../server/audit/store.ts';
import { type AuditFinding, verifyChain } from '../../server/audit/verify.ts';
import type { Queryable } from '../../server/database/queryable.ts';
import { inTransaction, SYSTEM, scoped, sqlState } from '../../server/database/transaction.ts';
import { openTestDatabase, type TestDatabase } from './harness.ts';

const ROWS = 6;
const ACTOR: Actor = { account: 7, name: '王丽', organ: '政法委', region: '620724' };
const EVERYTHING = { region: '*', from: null, to: null, action: null, actor: null, query: null, before: null, limit: 1_000 };

let here: TestDatabase;
let sealer: Sealer;

beforeAll(async () => {
  here = await openTestDatabase();
  sealer = new Sealer({ database: here.database, headFile: null });
});
afterAll(async () => {
  await sealer.close();
  await here.close();
});

const everywhere = (): Queryable => scoped(here.database, SYSTEM);

const write = (...events: readonly Partial<AuditEvent>[]): Promise<void> =>
  inTransaction(here.database, ACTOR, async (db) => {
    for (const event of events)
      await audit(db, ACTOR, { action: 'edit', subject: 'plan/1', detail: { operation: 3, type: 'cut' }, ...event });
  });

async function writeAndSeal(rows: number): Promise<void> {
  for (let i = 1; i <= rows; i += 1) await write({ subject: `plan/${i}` });
  await sealer.seal();
}

/** As somebody who governs the database, without triggers and policies; undone afterwards. */
async function tampered<T>(statements: readonly string[], look: (db: Queryable) => Promise<T>): Promise<T> {
  const client = await here.database.pool.connect();
  try {
    await client.query('reset role');
    await client.query('begin; set local session_replication_role = replica');
    for (const statement of statements) await client.query(statement);
    await client.query('set local session_replication_role = origin');
    return await look(client);
  } finally {
    await client.query('rollback');
    await client.query('set role onegrid_app');
    client.release();
  }
}

const findings = (...statements: readonly string[]): Promise<AuditFinding[]> =>
  tampered(statements, async (db) => (await verifyChain(db)).findings);

describe('a whole log', () => {
  test('has nothing to be found, and a head that can be noted down', async () => {
    expect(await verifyChain(everywhere())).toEqual({ sealed: 0, unsealed: 0, head: BEGINNING, findings: [] });
    await writeAndSeal(ROWS);
    const { sealed, unsealed, head, findings: found } = await verifyChain(everywhere());
    expect([sealed, unsealed, head.position, found]).toEqual([ROWS, 0, ROWS, []]);
    await writeAndSeal(2);
    expect((await verifyChain(everywhere(), [head])).findings).toEqual([]);
  });

  test('has no row of what was rolled back, and the others as they were written', async () => {
    await inTransaction(here.database, ACTOR, async (db) => {
      await audit(db, ACTOR, { action: 'import', subject: 'import/1' });
      throw new Error('changed my mind');
    }).catch(() => undefined);
    await write({ action: 'refusal', region: '620724100001', subject: 'GET /api/accounts', detail: { status: 403 }, address: '10.0.0.9' });
    await sealer.seal();
    const rows = await searchEntries(everywhere(), EVERYTHING);
    expect(rows.map(({ action }) => action)).not.toContain('import');
    expect(rows[0]).toMatchObject({
      actor: '王丽',
      account: 7,
      organ: '政法委',
      region: '620724100001',
      action: 'refusal',
      subject: 'GET /api/accounts',
      detail: { status: 403 },
      address: '10.0.0.9',
      position: rows.length,
    });
    expect(rows[0]?.at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  });

  test('refuses every change to a row or a seal, also of the server itself', async () => {
    for (const table of ['audit_entry', 'audit_seal']) {
      const changed = table === 'audit_entry' ? `update audit_entry set actor = 'x'` : `update audit_seal set form = 2`;
      for (const statement of [changed, `delete from ${table}`, `truncate ${table} cascade`]) {
        // 23000: the trigger; 42501: the server has no such right.
        const refused = await everywhere()
          .query(statement)
          .then(() => 'done', sqlState);
        expect(['23000', '42501'], statement).toContain(refused);
      }
    }
    expect(await findings()).toEqual([]);
  });
});

describe('tampering past the triggers is found', () => {
  test.each([
    ['at', `at + interval '1 microsecond'`],
    ['actor', `'李强'`],
    ['account', 'null'],
    ['organ', `''`],
    ['region', `'62'`],
    ['action', `'export'`],
    ['subject', `'plan/33'`],
    ['detail', `'{"type": "cut", "operation": 4}'`],
    ['address', `'10.0.0.1'`],
  ])('a changed %s', async (column, value) => {
    expect(await findings(`update audit_entry set ${column} = ${value} where id = 3`)).toEqual([
      { kind: 'entry-changed', position: 3, entry: 3 },
    ]);
  });

  test('a changed id', async () => {
    expect(await findings('alter table audit_entry alter id drop identity', 'update audit_entry set id = 1003 where id = 3')).toEqual([
      { kind: 'entry-removed', position: 3, entry: 3 },
      { kind: 'entry-unsealed', position: null, entry: 1003 },
    ]);
  });

  test('a row removed from the middle, alone or with its seal', async () => {
    const removed = 'delete from audit_entry where id = 3';
    expect(await findings(removed)).toEqual([{ kind: 'entry-removed', position: 3, entry: 3 }]);
    expect(await findings(removed, 'delete from audit_seal where entry = 3')).toEqual([{ kind: 'seal-removed', position: 3, entry: null }]);
  });

  test('a row and its seal removed, and the others moved up', async () => {
    const found = await findings(
      'delete from audit_entry where id = 3',
      'delete from audit_seal where entry = 3',
      'update audit_seal set position = position + 1000 where position > 3',
      'update audit_seal set position = position - 1001 where position > 1000',
    );
    expect(found).toContainEqual({ kind: 'link-broken', position: 3, entry: 4 });
  });

  test('two rows that changed places', async () => {
    const exchange = `update audit_entry as one set subject = other.subject from audit_entry as other
                      where (one.id, other.id) in ((2, 5), (5, 2))`;
    expect(await findings(exchange)).toEqual([
      { kind: 'entry-changed', position: 2, entry: 2 },
      { kind: 'entry-changed', position: 5, entry: 5 },
    ]);
  });

  test('two seals that changed places', async () => {
    const found = await findings(
      'update audit_seal set position = 1000 where position = 2',
      'update audit_seal set position = 2 where position = 5',
      'update audit_seal set position = 5 where position = 1000',
    );
    expect(found).toContainEqual({ kind: 'link-broken', position: 2, entry: 5 });
    expect(found).toContainEqual({ kind: 'link-broken', position: 5, entry: 2 });
  });

  test('a row put in, without a seal or with one of its own', async () => {
    const row = `insert into audit_entry (id, at, actor, region, action, subject) overriding system value
                 select 1000, at, 'x', '62', 'edit', 'plan/1' from audit_entry where id = 3`;
    expect(await findings(row)).toEqual([{ kind: 'entry-unsealed', position: null, entry: 1000 }]);
    const found = await findings(
      row,
      'update audit_seal set position = position + 1000 where position > 3',
      'update audit_seal set position = position - 999 where position > 1000',
      `insert into audit_seal (position, entry, form, previous, digest)
       select 4, 1000, 1, digest, repeat('ab', 32) from audit_seal where position = 3`,
    );
    expect(found).toContainEqual({ kind: 'entry-changed', position: 4, entry: 1000 });
    expect(found).toContainEqual({ kind: 'link-broken', position: 5, entry: 4 });
  });

  test.each([
    ['position', '1003', 'seal-removed'],
    ['entry', '1', 'entry-changed'],
    ['form', '2', 'form-unknown'],
    ['previous', `repeat('0', 64)`, 'link-broken'],
    ['digest', `repeat('0', 64)`, 'entry-changed'],
  ])('a seal with another %s', async (column, value, kind) => {
    const found = await findings(
      'alter table audit_seal drop constraint audit_seal_entry_key',
      `update audit_seal set ${column} = ${value} where position = 3`,
    );
    expect(found).toContainEqual(expect.objectContaining({ kind, position: 3 }));
  });

  test('the seals at the end removed, so that their rows would be sealed anew', async () => {
    expect(await findings(`delete from audit_seal where position > ${ROWS - 1} and position <= ${ROWS + 1}`)).toContainEqual({
      kind: 'entry-unsealed',
      position: null,
      entry: ROWS,
    });
  });

  test('the end cut off, by a head that was noted down before, also when the log has grown again', async () => {
    const head = await readHead(everywhere());
    const cut = ['delete from audit_entry where id > 4', 'delete from audit_seal where position > 4'];
    expect(await findings(...cut)).toEqual([]);
    const missing = [{ kind: 'tail-cut', position: head.position, entry: null }];
    expect(await tampered(cut, async (db) => (await verifyChain(db, [head])).findings)).toEqual(missing);
    const grown = await tampered(cut, async (db) => {
      for (let i = 0; i < head.position; i += 1) await audit(db, ACTOR, { action: 'edit', subject: 'plan/9' });
      await insertSeals(db, sealsFor(await readUnsealed(db, 0, 1_000), await readHead(db)));
      return verifyChain(db, [head]);
    });
    expect(grown).toMatchObject({ sealed: 4 + head.position, findings: missing });
  });

  test('what waits for a seal without a row, or has one already; and it holds nothing up', async () => {
    const forged = ['insert into audit_unsealed values (1000000), (2)'];
    expect(await findings(...forged)).toEqual([
      { kind: 'waiting-forged', position: null, entry: 2 },
      { kind: 'waiting-forged', position: null, entry: 1_000_000 },
    ]);
    expect(await tampered(forged, (db) => readUnsealed(db, 0, 1_000))).toEqual([]);
  });
});

describe('sealing', () => {
  test('happens by itself soon after the commit', async () => {
    const { position } = await readHead(everywhere());
    await write({}, {});
    await expect.poll(async () => (await readHead(everywhere())).position).toBe(position + 2);
  });

  test('ten writers and three sealers at once leave one chain with every row in it', async () => {
    const { sealed: before } = await verifyChain(everywhere());
    const sealers = [1, 2, 3].map(() => new Sealer({ database: here.database, headFile: null }));
    const sealNow = () => Promise.all(sealers.map((one) => one.seal()));
    const writers = Array.from({ length: 10 }, async (_, writer) => {
      for (let i = 0; i < 20; i += 1) {
        const isGivenUp = i % 5 === 4;
        await inTransaction(here.database, ACTOR, async (db) => {
          await audit(db, ACTOR, { action: 'edit', subject: `plan/${writer}`, detail: { i } });
          if (isGivenUp) throw new Error('given up');
        }).catch(() => undefined);
        if (i % 7 === 0) await sealNow();
      }
    });
    await Promise.all(writers);
    await sealNow();
    for (const one of sealers) await one.close();
    const after = await verifyChain(everywhere());
    expect(after).toMatchObject({ sealed: before + 160, unsealed: 0, head: { position: before + 160 }, findings: [] });
  });
});
