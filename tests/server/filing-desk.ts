// Somebody at one installation who files or decides: signed in with a demo account, over HTTP.
import type { FilingRecord, Problem } from '../../core/api/messages.ts';
import type { Database } from '../../server/database/open.ts';
import { mended, opened } from '../core/filing/opened.ts';
import { type Answer, call } from './client.ts';
import { COUNTY, ownerOf, type SeededCounty, seedCounty, type TestServer } from './harness.ts';

/** The test county with its city and province. */
export async function seedCity(database: Database): Promise<SeededCounty> {
  const seeded = await seedCounty(database);
  await ownerOf(database).query(
    `insert into region (code, name, parent, outline)
     select above.code, above.name, above.parent, county.outline
     from (values ('62', '甘肃省', null), ('6207', '张掖市', '62')) as above (code, name, parent), region as county where county.code = $1`,
    [COUNTY],
  );
  return seeded;
}

/** Its JSON files in other words, with all digests made right: only its content can tell. */
export function rewritten(bytes: Uint8Array, change: (text: string) => string): Uint8Array {
  const files = opened(bytes);
  for (const [name, content] of files) {
    if (/json$/.test(name)) files.set(name, new TextEncoder().encode(change(new TextDecoder().decode(content))));
  }
  return mended(files);
}

/** Places of the unpacked size before the name of the file, in both headers of a zip. */
const SIZE_BEFORE_NAME = [8, 22] as const;

/** A package that says of one file that it unpacks to so many bytes; the seal is that of the former. */
export function withDeclaredSize(bytes: Uint8Array, file: string, size: number): Uint8Array {
  const changed = Buffer.from(bytes);
  const [local, central] = [changed.indexOf(file), changed.lastIndexOf(file)];
  changed.writeUInt32LE(size, local - SIZE_BEFORE_NAME[0]);
  changed.writeUInt32LE(size, central - SIZE_BEFORE_NAME[1]);
  return changed;
}

export class FilingDesk {
  readonly address: string;
  readonly #cookie: string;

  private constructor(address: string, cookie: string) {
    this.address = address;
    this.#cookie = cookie;
  }

  static async open({ address }: TestServer, demo: string): Promise<FilingDesk> {
    const response = await fetch(`${address}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ demo }),
    });
    if (!response.ok) throw new Error(`${demo} cannot sign in: ${await response.text()}`);
    return new FilingDesk(
      address,
      response.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';')[0])
        .join('; '),
    );
  }

  get<T>(path: string): Promise<Answer<T & Problem>> {
    return call(this.address, path, { headers: { cookie: this.#cookie } });
  }

  post<T>(path: string, body: unknown): Promise<Answer<T & Problem>> {
    const headers = { cookie: this.#cookie, 'content-type': 'application/json' };
    return call(this.address, path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  /** What is no JSON. */
  fetch(path: string): Promise<Response> {
    return fetch(`${this.address}${path}`, { headers: { cookie: this.#cookie } });
  }

  async package(filing: number): Promise<Uint8Array> {
    const response = await this.fetch(`/api/filings/${filing}/package`);
    return new Uint8Array(await response.arrayBuffer());
  }

  upload(bytes: Uint8Array, field = 'package'): Promise<Answer<FilingRecord & Problem>> {
    const body = new FormData();
    body.set(field, new Blob([bytes as BlobPart]), 'package.zip');
    return call(this.address, '/api/inbox', { method: 'POST', headers: { cookie: this.#cookie }, body });
  }
}
