// The steps of an import without a browser: what is passed over, what has to wait and why; files as dropped; columns remembered.
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { ImportDecisions, ImportMisfit, ImportReport, ImportSource, SourceLayer } from '../../../core/api/import-messages.ts';
import { IMPORT_KINDS } from '../../../core/import/findings.ts';
import { bundled } from '../../../web/state/import-bundle.ts';
import { recallColumns, rememberColumns } from '../../../web/state/import-memory.ts';
import { allLike, type ImportView, previewText, stepAfter, whyNoNext, whyNoStep } from '../../../web/state/import-steps.ts';

const layer: SourceLayer = {
  name: '界线',
  features: 4,
  geometry: 'polygon',
  fields: [
    { name: 'XZQDM', type: 'text', samples: ['620724100001'], personal: null },
    { name: 'XZQMC', type: 'text', samples: ['新建东村'], personal: null },
  ],
  bounds: [99, 39, 100, 40],
  claimedCrs: 'EPSG:4490',
  crsGuesses: [],
  encoding: null,
};

const source = (missing: string[] = [], name = '界线.geojson'): ImportSource => ({
  id: name,
  name,
  bytes: 10,
  format: 'geojson',
  layers: [layer],
  choice: { kind: 'communities', layer: '界线', encoding: null, crs: null, swapAxes: false, fields: {}, settings: {} },
  missing,
  problem: null,
});

const decisions: ImportDecisions = { skipRefused: false, toleranceM: null, misfits: {}, otherMisfits: null, successors: {} };

const misfit = (decidedBy: ImportMisfit['decidedBy']): ImportMisfit => ({
  key: 'a',
  kind: 'gap',
  communities: [],
  receivers: [],
  areaM2: 1,
  widthM: 1,
  shape: { type: 'MultiPolygon', coordinates: [] },
  givenTo: null,
  decidedBy,
});

const report = (change: Partial<ImportReport> = {}): ImportReport => ({
  counts: Object.fromEntries(IMPORT_KINDS.map((kind) => [kind, { taken: 0, mended: 0, refused: 0 }])) as ImportReport['counts'],
  ...{ unchanged: 0, findings: [], dropped: [], misfits: [], registers: [], boundaries: [], regions: [], counties: [] },
  ...{ blocks: 0, households: 0, population: 0, seconds: 0 },
  ...change,
});

const view = (change: Partial<ImportView> = {}): ImportView => {
  const sources = change.sources ?? [source()];
  const decided = change.decisions ?? decisions;
  return {
    sources,
    ...{ sending: 0, unsent: 0, rereading: 0, phase: 'previewed', report: report(), decisions: decided },
    previewed: previewText(sources, decided),
    ...change,
  };
};

const refusing = (file: 'communities' | 'buildings', message: string): ImportReport => {
  const plain = report();
  return {
    ...plain,
    counts: { ...plain.counts, [file]: { taken: 3, mended: 0, refused: 1 } },
    findings: [{ file, source: 'x', feature: 7, field: null, verdict: 'refused', message, values: {}, coordinate: null }],
  };
};

describe('the way through the steps', () => {
  it('passes over what is settled by itself', () => {
    expect(stepAfter('files', [source()])).toBe('preview');
    expect(stepAfter('files', [source(['crs'])])).toBe('coordinates');
    expect(stepAfter('files', [source(['field:code']), source(['setting:department'])])).toBe('kinds');
    expect(stepAfter('coordinates', [source(['field:code'])])).toBe('fields');
  });

  it('names the file that stands in the way', () => {
    const sources = [source(), source(['crs'], '楼栋.shp')];
    expect(whyNoStep('preview', view({ sources }))).toEqual({ key: 'import:why.coordinates', values: { file: '楼栋.shp', count: 1 } });
    expect(whyNoNext('coordinates', view({ sources }))?.key).toBe('import:why.coordinates');
    expect(whyNoNext('files', view({ sources }))).toBeNull();
  });

  it('waits for files on their way, and for unusable ones to be taken away', () => {
    expect(whyNoStep('kinds', view({ sources: [] }))?.key).toBe('import:why.noFiles');
    expect(whyNoStep('kinds', view({ sending: 1 }))?.key).toBe('import:why.sending');
    const problem = { type: 'about:blank' as const, title: '', status: 422, code: 'file-broken', detail: '' };
    expect(whyNoStep('kinds', view({ sources: [{ ...source(), problem }] }))?.key).toBe('import:why.unusable');
  });
});

describe('running the import', () => {
  const whyNot = (change: Partial<ImportView>): string | undefined => whyNoStep('run', view(change))?.key;

  it('needs a preview of just these files, this tolerance and what is to be removed', () => {
    expect(whyNot({})).toBeUndefined();
    expect(whyNot({ report: null, previewed: null })).toBe('import:why.noPreview');
    expect(whyNot({ previewed: previewText([source()], { ...decisions, toleranceM: 3 }) })).toBe('import:why.changed');
    expect(whyNot({ previewed: previewText([source()], { ...decisions, removeMissing: true }) })).toBe('import:why.changed');
    expect(whyNot({ rereading: 1 })).toBe('import:why.rereading');
  });

  it('needs every gap decided, by itself, by a person or by a rule', () => {
    const open = report({ misfits: [misfit(null)] });
    expect(whyNot({ report: open })).toBe('import:why.misfits');
    expect(whyNot({ report: open, decisions: { ...decisions, misfits: { a: '620724100001' } } })).toBeUndefined();
    expect(whyNot({ report: open, decisions: { ...decisions, otherMisfits: 'larger' } })).toBeUndefined();
    expect(whyNot({ report: report({ misfits: [misfit('tolerance')] }) })).toBeUndefined();
  });

  it('decides all others like one, and leaves those alone that were decided by themselves', () => {
    const [east, west] = ['620724100001', '620724100002'];
    const misfits = [
      { ...misfit(null), key: 'a', receivers: [east, west] },
      { ...misfit(null), key: 'b', receivers: [east] },
      { ...misfit(null), key: 'c', kind: 'overlap' as const, receivers: [west] },
    ];
    const decided = { ...decisions, misfits: { a: west } };
    expect(allLike(east, misfits, decided)).toEqual({ misfits: { a: west, b: east } });
    expect(allLike('open', misfits, decided)).toEqual({ misfits: { a: west, b: 'open' } });
    expect(allLike('larger', misfits, decided)).toEqual({ otherMisfits: 'larger' });
  });

  it('leaves refused rows out on request, but never a community', () => {
    const skipRefused = { ...decisions, skipRefused: true };
    expect(whyNot({ report: refusing('buildings', 'outside-communities') })).toBe('import:why.refused');
    expect(whyNot({ report: refusing('buildings', 'outside-communities'), decisions: skipRefused })).toBeUndefined();
    expect(whyNot({ report: refusing('communities', 'code-missing'), decisions: skipRefused })).toBe('import:why.communities');
    expect(whyNot({ report: refusing('communities', 'gap') })).toBeUndefined();
  });
});

describe('files as they are dropped', () => {
  const dropped = (...paths: string[]) => paths.map((path) => ({ path, file: new File([path], path.replace(/^.*\//, '')) }));

  it('packs the parts of a shapefile and the folder of a geodatabase, each into one file', async () => {
    const files = await bundled(
      dropped(
        '甲.shp',
        '甲.dbf',
        '甲.shx',
        '乙.geojson',
        '数据/库.gdb/a1.gdbtable',
        '数据/库.gdb/a1.gdbtablx',
        '数据/.DS_Store',
        '~$户数.xlsx',
      ),
    );
    expect(files.map(({ name }) => name).sort()).toEqual(['乙.geojson', '库.gdb.zip', '甲.zip'].sort());
    const entriesOf = async (name: string): Promise<string[]> =>
      Object.keys(unzipSync(new Uint8Array((await files.find((file) => file.name === name)?.arrayBuffer()) ?? new ArrayBuffer())));
    expect(await entriesOf('甲.zip')).toEqual(['甲.shp', '甲.dbf', '甲.shx']);
    expect(await entriesOf('库.gdb.zip')).toEqual(['库.gdb/a1.gdbtable', '库.gdb/a1.gdbtablx']);
  });

  it('keeps geodatabases of the same name apart, however their ending is written', async () => {
    const folders = ['东区/库.GDB', '西区/库.GDB'].flatMap((folder) => [`${folder}/a1.gdbtable`, `${folder}/a1.gdbtablx`]);
    const files = await bundled(dropped(...folders));
    expect(files.map(({ name }) => name)).toEqual(['库.GDB.zip', '库.GDB.zip']);
    for (const file of files) {
      expect(Object.keys(unzipSync(new Uint8Array(await file.arrayBuffer())))).toEqual(['库.GDB/a1.gdbtable', '库.GDB/a1.gdbtablx']);
    }
  });

  it('leaves a .dbf without its shapes, and a .shp alone, as they are', async () => {
    expect((await bundled(dropped('甲.dbf', '甲.cpg'))).map(({ name }) => name)).toEqual(['甲.dbf', '甲.cpg']);
    expect((await bundled(dropped('甲.shp'))).map(({ name }) => name)).toEqual(['甲.shp']);
  });
});

describe('columns that were seen before', () => {
  const keeper = (): Pick<Storage, 'getItem' | 'setItem'> => {
    const kept = new Map<string, string>();
    return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
  };

  it('are read as they were then, whatever their order', () => {
    const memory = keeper();
    const columns = { kind: 'communities' as const, fields: { code: 'XZQDM', name: 'XZQMC' } };
    rememberColumns(layer, columns, memory);
    expect(recallColumns({ ...layer, name: '别的', fields: [...layer.fields].reverse() }, memory)).toEqual(columns);
    expect(recallColumns({ ...layer, fields: layer.fields.slice(1) }, memory)).toBeNull();
    expect(recallColumns({ ...layer, geometry: 'none' }, memory)).toBeNull();
  });

  it('are forgotten where the memory holds something else', () => {
    const memory = keeper();
    memory.setItem('onegrid.import.columns', 'no JSON');
    expect(recallColumns(layer, memory)).toBeNull();
  });
});
