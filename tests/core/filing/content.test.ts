// A package changed inside and closed again with digests and seal made right: its contents give it away.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { PackageFinding } from '../../../core/api/messages.ts';
import type { FilingContents, FilingPlan } from '../../../core/filing/contents.ts';
import type { Manifest } from '../../../core/filing/manifest.ts';
import { buildPackage } from '../../../core/filing/package.ts';
import type { JsonFile, WrittenContents } from '../../../core/filing/schemas.ts';
import type { RegisteredCode } from '../../../core/filing/verification.ts';
import { inspectPackage, verifyPackage } from '../../../core/filing/verify.ts';
import { filedCounty } from './filed-county.ts';
import { type Files, jsonOf, mended, opened, putJson } from './opened.ts';

const contents = filedCounty();
const bytes = await buildPackage(contents);
const small = await buildPackage(filedCounty(800));

type Content<File extends string> = File extends JsonFile ? WrittenContents[File] : Manifest;
/** Content that may be spoilt. */
type Open<T> = { -readonly [K in keyof T]: T[K] extends object ? Open<T[K]> : T[K] };

function changed<File extends JsonFile | 'manifest.json'>(file: File, change: (content: Open<Content<File>>) => void): Uint8Array {
  const files = opened(bytes);
  const content = jsonOf<Open<Content<File>>>(files, file);
  change(content);
  putJson(files, file, content);
  return mended(files);
}

const errorsOf = (zip: Uint8Array): PackageFinding[] => inspectPackage(zip).findings.filter(({ severity }) => severity === 'error');
/** Which check of the layout, or which message. */
const kindsOf = (findings: readonly PackageFinding[]): string[] =>
  [...new Set(findings.map(({ message, values }) => (message === 'layout' ? `layout ${values.check}` : message)))].sort();

function at<T>(list: readonly T[], i = 0): T {
  const item = list.at(i);
  if (item === undefined) throw new Error(`there is no item ${i}`);
  return item;
}

test('closed again without a change it is sound', () => {
  expect(errorsOf(changed('layout.geojson', () => {}))).toEqual([]);
});

describe('the layout', () => {
  const layoutErrors = (change: (features: Open<WrittenContents['layout.geojson']>['features']) => void) =>
    kindsOf(errorsOf(changed('layout.geojson', ({ features }) => change(features))));

  it('with a vertex moved by a few metres, or by a millimetre', () => {
    const moved = (by: number) =>
      layoutErrors((features) => {
        const ring = at(at(at(features).geometry.coordinates));
        at(ring, 2)[0] += by;
      });
    expect(moved(0.00003).some((kind) => ['layout gap', 'layout overlap', 'layout inside'].includes(kind))).toBe(true);
    expect(moved(1e-8)).toContain('layout lattice');
  });

  it('with a grid left out', () => {
    const kinds = layoutErrors((features) => features.splice(1, 1));
    expect(kinds).toEqual(expect.arrayContaining(['layout gap', 'layout complete', 'counts-differ']));
  });

  it.each(['households', 'population', 'buildings'] as const)('with other %s', (field) => {
    const kinds = layoutErrors((features) => {
      at(features).properties[field] += 1;
    });
    expect(kinds).toEqual(['counts-differ', 'layout totals']);
  });

  it('with households moved from grid to grid, so that every sum is right', () => {
    const kinds = layoutErrors((features) => {
      at(features).properties.households += 5;
      at(features, 1).properties.households -= 5;
    });
    expect(kinds).toEqual(['layout totals']);
  });

  it.each<[string, string | null, string[]]>([
    ['of another community', '990101001009001', ['code-unfit', 'layout code']],
    ['that is none', '99010100100', ['code-unfit', 'layout code']],
    ['of another grid', '990101001001002', ['layout code']],
    ['left out', null, ['code-missing', 'layout code']],
  ])('with a code %s', (_, code, expected) => {
    const kinds = layoutErrors((features) => {
      const feature = at(features);
      feature.properties.code = code;
      feature.id = code ?? undefined;
    });
    expect(kinds).toEqual(expect.arrayContaining(expected));
  });

  it('with a code of a cell that is not that of its grid', () => {
    const kinds = layoutErrors((features) => {
      at(features).properties.cells = [{ number: 1, code: '99010100100100203', households: 1, population: 1, buildings: 1 }];
    });
    expect(kinds).toContain('cell-code');
  });

  it('names file, feature and grid', () => {
    const findings = errorsOf(
      changed('layout.geojson', ({ features }) => {
        at(features, 2).properties.population += 1;
      }),
    );
    const [totals] = findings.filter(({ message }) => message === 'layout');
    expect(totals).toMatchObject({ file: 'layout.geojson', at: 'feature 3', sentence: { en: expect.stringContaining('光兴第三网格') } });
  });
});

describe('a warning', () => {
  /** No grid may have more households than this. */
  const strict: FilingContents = {
    ...contents,
    profile: {
      version: 2,
      content: {
        ...contents.profile.content,
        size: {
          ...contents.profile.content.size,
          urban: { households: { minimum: 1, maximum: 470 }, persons: null, wholeCommunityMayBeSmaller: true },
        },
      },
    },
  };
  const [first, ...others] = contents.plans as [FilingPlan, ...FilingPlan[]];
  const large = at(first.grids.filter(({ properties }) => properties.households > 470)).properties;
  const check = {
    check: 'size' as const,
    severity: 'warning' as const,
    community: large.community,
    grid: large.code,
    message: 'size-above-households',
    values: { households: large.households, limit: 470 },
    measured: large.households,
    limit: 470,
  };
  const filed = async (plan: FilingPlan) => inspectPackage(await buildPackage({ ...strict, plans: [plan, ...others] })).findings;

  it('without a reason refuses the package', async () => {
    expect(await filed(first)).toMatchObject([{ severity: 'error', message: 'layout-unexplained', file: 'layout.geojson' }]);
    expect(kindsOf(await filed({ ...first, checks: [{ ...check, reason: ' ' }] }))).toEqual(['check-unexplained', 'layout-unexplained']);
  });

  it('with a reason is a note', async () => {
    const findings = await filed({ ...first, checks: [{ ...check, reason: '单栋高层,不可再分' }] });
    expect(findings).toMatchObject([{ severity: 'note', message: 'layout-excused' }]);
  });

  it('is excused by no reason that was given for another grid or check', async () => {
    const other = at(first.grids.filter(({ properties }) => properties.code !== large.code)).properties.code;
    for (const wrong of [{ grid: other }, { check: 'contiguous' as const }]) {
      expect(kindsOf(await filed({ ...first, checks: [{ ...check, ...wrong, reason: '理由' }] }))).toContain('layout-unexplained');
    }
  });
});

it('a profile cannot soften what is no matter of measure', () => {
  const files = opened(bytes);
  const profile = jsonOf<Open<WrittenContents['profile.json']>>(files, 'profile.json');
  profile.severity = { totals: 'note', inside: 'note', code: 'note', complete: 'note' };
  putJson(files, 'profile.json', profile);
  const layout = jsonOf<Open<WrittenContents['layout.geojson']>>(files, 'layout.geojson');
  at(layout.features).properties.households += 5;
  at(layout.features, 1).properties.households -= 5;
  putJson(files, 'layout.geojson', layout);
  expect(kindsOf(errorsOf(mended(files)))).toEqual(['layout totals']);
});

describe('manifest', () => {
  const errors = (change: (manifest: Open<Manifest>) => void) => errorsOf(changed('manifest.json', change));

  it.each<[string, (manifest: Open<Manifest>) => void, string, string | null]>([
    ['counts', ({ counts }) => counts.households++, 'counts-differ', 'counts.households'],
    ['counts of a plan', ({ plans }) => at(plans, 1).counts.grids++, 'counts-differ', 'plans.1.counts.grids'],
    ['the region of a plan', ({ plans }) => Object.assign(at(plans), { region: '990101400' }), 'region-elsewhere', 'feature 1'],
    ['the city', ({ city }) => Object.assign(city, { code: '9902' }), 'region-elsewhere', 'plans.0.region'],
    ['a plan named twice', ({ plans }) => plans.push(structuredClone(at(plans))), 'plan-doubled', null],
    ['a plan left out', ({ plans }) => plans.pop(), 'plan-unknown', 'item 2'],
    ['the profile', ({ profile }) => Object.assign(profile, { id: 'qianjiang-2022' }), 'rules-differ', 'id'],
    ['a file left out', ({ files }) => files.pop(), 'digest-missing', null],
    ['a file named twice', ({ files }) => files.push(at(files)), 'digest-doubled', null],
    ['a format of the future', (manifest) => Object.assign(manifest, { format: 2 }), 'file-schema', 'format'],
    ['a word that it does not know', (manifest) => Object.assign(manifest, { phone: '1' }), 'file-schema', '.'],
  ])('with %s changed', (_, change, message, place) => {
    const found = errors(change).filter((finding) => finding.message === message);
    expect(found.map((finding) => finding.at)).toContain(place);
  });
});

describe('the other files', () => {
  type Case = [string, Uint8Array, PackageFinding['message'], string, string | null];
  const first = at(contents.plans);
  const buildings = (change: (features: Open<WrittenContents['buildings.geojson']>['features']) => void) =>
    changed('buildings.geojson', ({ features }) => change(features));
  const withText = (file: string, content: Uint8Array) => mended(new Map<string, Uint8Array>([...opened(bytes), [file, content]]) as Files);

  it.each<Case>([
    [
      'a building left out',
      buildings((features) => features.splice(0, 1)),
      'layout',
      'layout.geojson',
      expect.stringMatching(/^feature \d+$/),
    ],
    ['a building twice', buildings((features) => features.push(at(features))), 'building-doubled', 'buildings.geojson', 'feature 1119'],
    [
      'a building in no community',
      buildings((features) => {
        Object.assign(at(features), { geometry: { type: 'Point', coordinates: [10, 10] } });
        at(features).properties.point = [10, 10];
      }),
      'building-outside',
      'buildings.geojson',
      'feature 1',
    ],
    [
      'a name of a person',
      buildings((features) => Object.assign(at(features).properties, { name: '张三' })),
      'file-schema',
      'buildings.geojson',
      'feature 1: properties',
    ],
    [
      'a community shifted over its neighbour',
      changed('communities.geojson', ({ features }) => {
        for (const position of at(features, 1).geometry.coordinates.flat(2)) position[0] += 0.001;
      }),
      'community-overlap',
      'communities.geojson',
      expect.stringMatching(/^[\d.]+, [\d.]+$/),
    ],
    [
      'a community that crosses itself',
      changed('communities.geojson', ({ features }) => {
        const ring = at(at(at(features).geometry.coordinates));
        [ring[1], ring[20]] = [at(ring, 20), at(ring, 1)];
      }),
      'community-area',
      'communities.geojson',
      'feature 1',
    ],
    [
      'a signature left out',
      changed('signatures.json', ({ signatures }) => signatures.splice(1, 1)),
      'signature-missing',
      'signatures.json',
      'plan 1',
    ],
    [
      'a signature of another content',
      changed('signatures.json', ({ signatures }) => Object.assign(at(signatures, 2), { digest: '0'.repeat(64) })),
      'signature-stale',
      'signatures.json',
      'item 3',
    ],
    [
      'a check that failed',
      changed('checks.json', ({ checks }) => {
        const { code, community } = at(first.grids).properties;
        const values = { check: 'staff', severity: 'error', community, grid: code, message: 'staff-none', values: {} } as const;
        checks.push({ plan: 1, ...values, measured: 0, limit: 1, reason: '有理由' });
      }),
      'check-error',
      'checks.json',
      'item 1',
    ],
    [
      'a change to a code that is not there',
      changed('changes.json', ({ changes }) => {
        changes.push({
          plan: 1,
          community: '990101001001',
          from: '990101001001009',
          fromName: '',
          to: '990101001001008',
          kind: 'split',
          reason: '',
        });
      }),
      'change-stray',
      'changes.json',
      'item 1',
    ],
    ['no JSON', withText('scheme.json', new Uint8Array([123])), 'file-not-json', 'scheme.json', null],
    ['no UTF-8', withText('checks.json', new Uint8Array([0xff, 0xfe])), 'file-not-utf8', 'checks.json', null],
    ['nothing at all', withText('layout.geojson', new Uint8Array()), 'file-not-json', 'layout.geojson', null],
  ])('%s', (_, zip, message, file, place) => {
    expect(errorsOf(zip)).toContainEqual(expect.objectContaining({ message, file, at: place }));
  });
});

describe('the registry', () => {
  const code = '990101001001001';
  const verified = async (known: Partial<RegisteredCode>, zip = bytes) => {
    const registry = async (codes: readonly string[]) => {
      expect(codes).toContain(code);
      return new Map([[code, { state: 'filed', community: code.slice(0, 12), gridName: '旧网格', ...known } as RegisteredCode]]);
    };
    return (await verifyPackage(zip, { registry })).findings;
  };

  it('has nothing against codes that it does not know or that are on their way', async () => {
    expect(await verified({})).toEqual([]);
    expect(await verified({ state: 'provisional' })).toEqual([]);
  });

  it.each<[string, Partial<RegisteredCode>, string]>([
    ['is retired', { state: 'retired' }, 'code-retired'],
    ['was given to another community', { community: '990101001002' }, 'code-elsewhere'],
    ['is official already', { state: 'official' }, 'code-taken'],
  ])('refuses a code that %s', async (_, known, message) => {
    expect(await verified(known)).toMatchObject([
      { severity: 'error', message, file: 'layout.geojson', at: 'feature 1', values: { code } },
    ]);
  });

  it('lets an adjustment keep official codes, and only points at former codes that it does not know', async () => {
    const [first, ...others] = contents.plans as [FilingPlan, ...FilingPlan[]];
    const plan = { ...first.plan, parent: 7 };
    const change = { community: '990101001001', from: '990101001001077', fromName: '', to: code, kind: 'recode' as const, reason: '' };
    const adjusted = await buildPackage({ ...contents, plans: [{ ...first, plan, changes: [change] }, ...others] });
    expect(await verified({ state: 'official' }, adjusted)).toMatchObject([{ severity: 'warning', message: 'change-unregistered' }]);
  });
});

describe('any value in any file', () => {
  const names = ['layout.geojson', 'communities.geojson', 'buildings.geojson', 'barriers.geojson', 'profile.json', 'scheme.json'] as const;
  const files = opened(small);
  const strange = fc.oneof(
    fc.constantFrom<unknown>(null, [], {}, '', -1, 1e308, 0.1, 1e-300, 180, -90, true, [[0, 0]], '__proto__', 99.9651, 39.3737),
    fc.integer({ min: 0, max: 1000 }),
  );

  /** Walks down by the numbers and puts the value where they end. */
  function replaced(node: unknown, path: readonly number[], value: unknown): unknown {
    const [step, ...rest] = path;
    if (step === undefined || typeof node !== 'object' || node === null) return value;
    const keys = Object.keys(node);
    const key = keys[step % Math.max(keys.length, 1)];
    if (key === undefined) return value;
    const inner = replaced((node as Record<string, unknown>)[key], rest, value);
    if (Array.isArray(node)) return node.with(Number(key), inner);
    return { ...node, [key]: inner };
  }

  it('never makes it throw', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.array(fc.nat(), { minLength: 1, maxLength: 8 }), strange, (name, path, value) => {
        const copy = new Map(files);
        putJson(copy, name, replaced(jsonOf(files, name), path, value));
        expect(inspectPackage(mended(copy)).digest).toMatch(/^[0-9a-f]{64}$/);
      }),
      { numRuns: 100 },
    );
  });
});
