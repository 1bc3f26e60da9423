// What is proposed for a file that was just sent, before anybody chose anything.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectFile } from '../../server/imports/inspect-source.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'onegrid-inspect-file-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function inspected(name: string, content: string) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return inspectFile({ path, name, bytes: Buffer.byteLength(content) }, []);
}

describe('a file with nothing in it', () => {
  it('is unusable when it is a table of headers alone', async () => {
    const { problem, choice } = await inspected('楼栋.csv', '楼栋编号,地址,户数\n');
    expect([problem?.code, choice.layer]).toEqual(['file-empty', null]);
  });

  it('is a table like any other with a single row', async () => {
    const { problem, choice } = await inspected('楼栋.csv', '楼栋编号,地址,户数\nA1,东街1号,12\n');
    expect([problem, choice.layer, choice.kind]).toEqual([null, '楼栋', 'households']);
  });
});

describe('a list of homes', () => {
  it('is a list of households, with the name of nobody', async () => {
    const { choice, layers } = await inspected('名单.csv', '地址,户主\n东街1号1栋,王大明\n东街1号1栋,李大强\n东街1号2栋,张大军\n');
    expect([choice.kind, choice.fields]).toEqual(['households', { address: '地址' }]);
    expect(layers[0]?.fields.map(({ samples }) => samples.length > 0)).toEqual([true, false]);
  });
});
