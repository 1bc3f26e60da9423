// XML of a zip as a stream of tags and texts; tags without the prefix by which a writer abbreviates their name space, attributes with theirs.
import { SaxesParser } from 'saxes';
import type { ZipEntry } from '../safe-zip.ts';

export interface XmlListener {
  open?(tag: string, attributes: Readonly<Record<string, string>>): void;
  /** May come in parts. */
  text?(part: string): void;
  close?(tag: string): void;
}

/** Throws when it is no well-formed XML. */
export async function readXml(entry: ZipEntry, listener: XmlListener): Promise<void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  let failure: Error | null = null;
  parser.on('error', (error: Error) => {
    failure ??= error;
  });
  if (listener.open) parser.on('opentag', ({ name, attributes }) => listener.open?.(localName(name), attributes));
  if (listener.text) parser.on('text', (part) => listener.text?.(part));
  if (listener.close) parser.on('closetag', ({ name }) => listener.close?.(localName(name)));
  const decoder = new TextDecoder();
  for await (const chunk of await entry.open()) {
    parser.write(decoder.decode(chunk as Buffer, { stream: true }));
    if (failure) throw failure;
  }
  parser.close();
  if (failure) throw failure;
}

const localName = (name: string): string => (name.includes(':') ? name.slice(name.indexOf(':') + 1) : name);
