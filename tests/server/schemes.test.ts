// Code schemes as versions: shipped, edited, copied, tried on real grids; a plan stays with the version that it follows.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CodesAnswer, PlanSummary, Problem, SchemeHead, SchemePreview, SchemeVersion } from '../../core/api/messages.ts';
import type { Scheme } from '../../core/codes/scheme.ts';
import { schemes } from '../../core/codes/schemes.ts';
import { call, post } from './client.ts';
import { COMMUNITIES, ownerOf, type SeededCounty, seedCounty, seedGrid, startTestServer, type TestServer } from './harness.ts';

const [EAST, WEST] = COMMUNITIES;

let server: TestServer;
let seeded: SeededCounty;
beforeAll(async () => {
  server = await startTestServer();
  seeded = await seedCounty(server.database);
});
afterAll(() => server?.close());

const newest = async (id: string) => (await call<SchemeVersion>(server.address, `/api/schemes/${id}`)).body;
const contentOf = async (id: string) => (await newest(id)).content as Scheme;
const edit = (id: string, base: number, content: object) =>
  post<SchemeVersion & Problem>(server.address, `/api/schemes/${id}`, { base, content, note: '按省里要求' });
/** Three digits become four. */
const widened = (scheme: Scheme): Scheme => ({
  ...scheme,
  segments: scheme.segments.map((part) => (part.source === 'sequence' ? { ...part, width: 4 } : part)),
});

async function planned(): Promise<number> {
  const plan = (await post<PlanSummary>(server.address, '/api/plans', { name: '编码方案试用', region: seeded.county, scheme: 'typed16' }))
    .body.id;
  const [first, ...others] = seeded.blocks[EAST] as number[];
  await seedGrid(server.database, plan, EAST, [first as number], '东街厂区网格');
  await seedGrid(server.database, plan, EAST, others, '东街网格');
  await seedGrid(server.database, plan, WEST, seeded.blocks[WEST] as number[], '西街网格');
  await ownerOf(server.database).query(`update grid set kind = 'dedicated' where plan = $1 and name = '东街厂区网格'`, [plan]);
  return plan;
}

describe('versions', () => {
  it('what is shipped is there as the first version', async () => {
    const { body } = await call<SchemeHead[]>(server.address, '/api/schemes');
    expect(body.map(({ scheme, version, actor }) => [scheme, version, actor])).toEqual(
      [...schemes.keys()].sort().map((id) => [id, 1, 'shipped']),
    );
    expect(await contentOf('typed16')).toEqual(schemes.get('typed16'));
  });

  it('an edit is the next version; who edits an older one is told, and what is no scheme is refused with its place', async () => {
    const content = await contentOf('cjt349-20');
    expect(await edit('cjt349-20', 1, widened(content))).toMatchObject({ status: 201, body: { version: 2 } });
    expect(await edit('cjt349-20', 1, content)).toMatchObject({ status: 409, body: { code: 'stale-scheme' } });
    expect(await edit('cjt349-20', 2, widened(content))).toMatchObject({ status: 422, body: { code: 'scheme-unchanged' } });
    const short = { ...content, segments: content.segments.filter(({ source }) => source !== 'town') };
    const refused = await edit('cjt349-20', 2, short);
    expect(refused).toMatchObject({ status: 422, body: { code: 'scheme-invalid' } });
    expect(refused.body.detail).toContain('12 位');
    const wide = { ...content, segments: content.segments.map((part) => ('width' in part ? { ...part, width: 99 } : part)) };
    expect(await edit('cjt349-20', 2, wide)).toMatchObject({
      status: 422,
      body: { code: 'scheme-invalid', at: { path: 'segments.4.width' } },
    });
    const { body } = await call<SchemeHead[]>(server.address, '/api/schemes/cjt349-20/versions');
    expect(body.map(({ version }) => version)).toEqual([2, 1]);
    expect((await call(server.address, '/api/schemes/none')).status).toBe(404);
  });

  it('a copy has a name of its own', async () => {
    const copy = { id: 'gansu-typed', from: { scheme: 'typed16' }, name: { zh: '甘肃', en: 'Gansu' }, note: '省里定稿' };
    expect(await post(server.address, '/api/schemes', copy)).toMatchObject({ status: 201, body: { scheme: 'gansu-typed', version: 1 } });
    expect(await post(server.address, '/api/schemes', copy)).toMatchObject({ status: 409, body: { code: 'scheme-exists' } });
    expect((await contentOf('gansu-typed')).id).toBe('gansu-typed');
    expect(await post(server.address, '/api/plans', { name: '按省方案', region: seeded.county, scheme: 'gansu-typed' })).toMatchObject({
      status: 201,
    });
    expect(await post(server.address, '/api/plans', { name: '无此方案', region: seeded.county, scheme: 'none' })).toMatchObject({
      status: 404,
      body: { code: 'unknown-scheme' },
    });
  });
});

describe('on real grids', () => {
  const preview = (plan: number, content: object) =>
    post<SchemePreview & Problem>(server.address, '/api/schemes/typed16/preview', { plan, content });

  it('a preview shows every code as it would be, says when numbers run out, and stores nothing', async () => {
    const plan = await planned();
    const content = await contentOf('typed16');
    const { body } = await preview(plan, content);
    expect(body.problem).toBeNull();
    expect(body.codes.map(({ name, present, proposed }) => [name, present, proposed])).toEqual([
      ['东街网格', null, `${EAST}1001`],
      ['东街厂区网格', null, `${EAST}3901`],
      ['西街网格', null, `${WEST}1001`],
    ]);
    const none = {
      ...content,
      segments: content.segments.map((part) =>
        part.source === 'sequence' ? { ...part, reserved: [{ from: 1, to: 999, for: 'dedicated', meaning: part.meaning }] } : part,
      ),
    };
    const short = await preview(plan, none);
    expect(short.body.problem).toMatchObject({ code: 'codes-exhausted' });
    expect(short.body.codes.map(({ name }) => name)).toEqual(['东街厂区网格']);
    expect((await newest('typed16')).version).toBe(1);
  });

  it('a plan stays with its version until somebody moves it; codes that no longer fit give way to new ones', async () => {
    const plan = await planned();
    const issue = async () => (await post<CodesAnswer>(server.address, `/api/plans/${plan}/codes`, {})).body.issued.map(({ code }) => code);
    const first = await issue();
    expect(first).toEqual([`${EAST}1001`, `${EAST}3901`, `${WEST}1001`]);
    expect(await edit('typed16', 1, widened(await contentOf('typed16')))).toMatchObject({ status: 201 });
    expect(await issue()).toEqual([]);
    expect((await post(server.address, `/api/plans/${plan}/scheme`, { scheme: 'typed16', version: 2 })).status).toBe(200);
    const second = await issue();
    expect(second.map((code) => code.length)).toEqual([17, 17, 17]);
    const { rows } = await ownerOf(server.database).query(
      `select distinct state, note from grid_code_event as event where code = any($1)
       and not exists (select from grid_code_event as later where later.code = event.code and later.id > event.id)`,
      [first],
    );
    expect(rows).toEqual([{ state: 'retired', note: 'unused' }]);
    expect(await post(server.address, `/api/plans/${plan}/scheme`, { scheme: 'typed16', version: 9 })).toMatchObject({ status: 404 });
  });
});
