// One byte changed, put in or taken out anywhere in a package: it is refused, and the file is named. No bytes make it throw.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { buildPackage } from '../../../core/filing/package.ts';
import { inspectPackage, verifyPackage } from '../../../core/filing/verify.ts';
import { readSealedZip } from '../../../core/filing/zip/read-zip.ts';
import { writeSealedZip } from '../../../core/filing/zip/write-zip.ts';
import { filedCounty } from './filed-county.ts';
import { opened, resealed } from './opened.ts';

const bytes = await buildPackage(filedCounty(800));
const files = opened(bytes);
const RUNS = { numRuns: 250 };

/** Where the data of each file lie: first byte, and the one behind the last. */
const ranges = readSealedZip(bytes).entries.map(({ name, bytes: data }) => {
  const start = data.byteOffset - bytes.byteOffset;
  return { name, start, end: start + data.length };
});
const fileAt = (at: number): string | undefined => ranges.find(({ start, end }) => start <= at && at < end)?.name;
/** Small files would never be met by chance. */
const anyPlace = fc.oneof(
  fc.nat(bytes.length - 1),
  fc.nat(ranges.length - 1).chain((i) => {
    const { start, end } = ranges[i] as (typeof ranges)[number];
    return fc.oneof(fc.integer({ min: start, max: end - 1 }), fc.constantFrom(start, end - 1));
  }),
);

function expectRefused(changed: Uint8Array, file: string | undefined): void {
  const { findings, contents } = inspectPackage(changed);
  expect(contents).toBeNull();
  expect(findings.some(({ severity }) => severity === 'error')).toBe(true);
  if (file !== undefined) expect(findings.map((finding) => finding.file)).toContain(file);
}

describe('one byte', () => {
  it('changed is found and its file named', () => {
    fc.assert(
      fc.property(anyPlace, fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = bytes.slice();
        changed[at] = (changed[at] as number) ^ change;
        expectRefused(changed, fileAt(at));
      }),
      RUNS,
    );
  });

  it('put in is found and its file named', () => {
    fc.assert(
      fc.property(anyPlace, fc.nat(255), (at, byte) => {
        expectRefused(Buffer.concat([bytes.subarray(0, at), Buffer.from([byte]), bytes.subarray(at)]), fileAt(at));
      }),
      RUNS,
    );
  });

  it('taken out is found and its file named', () => {
    fc.assert(
      fc.property(anyPlace, (at) => {
        expectRefused(Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]), fileAt(at));
      }),
      RUNS,
    );
  });

  it('behind the end is found', () => {
    expectRefused(Buffer.concat([bytes, Buffer.from([0])]), undefined);
  });

  it('changed in the packed data, with the right seal, is still found by the file', () => {
    fc.assert(
      fc.property(fc.nat(ranges.length - 1), fc.nat(), fc.integer({ min: 1, max: 255 }), (i, within, change) => {
        const { name, start, end } = ranges[i] as (typeof ranges)[number];
        const changed = bytes.slice();
        const at = start + (within % (end - start));
        changed[at] = (changed[at] as number) ^ change;
        expectRefused(resealed(changed), name);
      }),
      { numRuns: 100 },
    );
  });
});

describe('never throws', () => {
  it('when it breaks off anywhere', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), (length) => expectRefused(bytes.subarray(0, length), fileAt(length - 1))),
      RUNS,
    );
  });

  it('at random bytes, alone or inside a package', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(bytes.length), fc.nat(400), (junk, at, less) => {
        expectRefused(junk, undefined);
        expectRefused(Buffer.concat([Buffer.from('PK\x03\x04'), junk]), undefined);
        const changed = Buffer.concat([bytes.subarray(0, at), junk, Buffer.from([0]), bytes.subarray(at + less)]);
        // A zero in the place of a zero changes nothing.
        if (!changed.equals(bytes)) expectRefused(changed, undefined);
      }),
      RUNS,
    );
  });

  it('at random bytes in the directory, with the right seal', () => {
    const end = bytes.length - 64;
    const directory = ranges.at(-1)?.end ?? 0;
    fc.assert(
      fc.property(fc.integer({ min: directory, max: end - 1 }), fc.uint8Array({ minLength: 1, maxLength: 30 }), (at, junk) => {
        const changed = bytes.slice();
        changed.set(junk.subarray(0, end - at), at);
        if (Buffer.compare(changed, bytes) !== 0) expectRefused(resealed(changed), undefined);
      }),
      RUNS,
    );
  });
});

describe('the list of files', () => {
  const messages = (zip: Uint8Array) => inspectPackage(zip).findings.map(({ message, file }) => [message, file]);
  const withFile = (name: string) => writeSealedZip(new Map([...files, [name, new Uint8Array(3)]]));

  test.each([
    ['notes.txt', 'file-foreign'],
    ['report.html/x', 'file-foreign'],
    ['../../report.html', 'file-path'],
    ['/etc/passwd', 'file-path'],
    ['C:\\report.html', 'file-path'],
    ['a\\..\\b', 'file-path'],
  ])('does not take %s', (name, message) => {
    expect(messages(withFile(name))).toContainEqual([message, name]);
  });

  test.each(['manifest.json', 'layout.geojson', 'report.html'])('misses %s', (name) => {
    const fewer = new Map([...files].filter(([file]) => file !== name));
    expect(messages(writeSealedZip(fewer))).toContainEqual(['file-missing', name]);
  });

  test('finds a file that is there twice', () => {
    const twice = Buffer.from(withFile('scheme.jsoN'));
    for (let at = twice.indexOf('scheme.jsoN'); at >= 0; at = twice.indexOf('scheme.jsoN')) twice.write('scheme.json', at);
    expect(messages(resealed(twice))).toContainEqual(['file-doubled', 'scheme.json']);
  });
});

describe('a bomb', () => {
  /** The size that both headers of the first file declare. */
  function declaring(size: number): Uint8Array {
    const zip = Buffer.from(bytes);
    const central = ranges.at(-1)?.end ?? 0;
    zip.writeUInt32LE(size, 22);
    zip.writeUInt32LE(size, central + 24);
    return resealed(zip);
  }

  test('is not unpacked at all', () => {
    expect(inspectPackage(declaring(0xffff_fff0))).toMatchObject({
      manifest: null,
      findings: expect.arrayContaining([expect.objectContaining({ message: 'file-too-large', file: 'manifest.json' })]),
    });
  });

  test('that declares less than it holds is not unpacked further', () => {
    expect(inspectPackage(declaring(10)).findings).toContainEqual(
      expect.objectContaining({ message: 'file-unpack', file: 'manifest.json' }),
    );
  });
});

test('a zip from another program is refused for its seal', async () => {
  const { zipSync } = await import('fflate');
  const { findings } = await verifyPackage(zipSync(Object.fromEntries(files)));
  expect(findings.map(({ message }) => message)).toContain('zip-seal-missing');
});
