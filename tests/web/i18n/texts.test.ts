// The texts: both languages say the same things and name the same values.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Texts = { [key: string]: string | Texts };
const folder = new URL('../../../web/i18n/', import.meta.url);
const read = (language: string, topic: string): Texts => JSON.parse(readFileSync(new URL(`${language}/${topic}`, folder), 'utf8'));
const topics = (language: string): string[] => readdirSync(new URL(`${language}/`, folder)).sort();

/** Every text as “path of keys: names of its values”; singular and plural are one text. */
const outline = (texts: Texts): string[] => [...new Set(entries(texts, ''))].sort();
const entries = (texts: Texts, path: string): string[] =>
  Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string' ? [`${path}${key.replace(/_(one|other)$/, '')}: ${valuesIn(text)}`] : entries(text, `${path}${key}.`),
  );
const valuesIn = (text: string): string =>
  [...text.matchAll(/{{(\w+)}}/g)]
    .map(([, name]) => name)
    .sort()
    .join(' ');

test('both languages have the same topics', () => {
  expect(topics('en')).toEqual(topics('zh'));
  expect(topics('zh')).toEqual(expect.arrayContaining(['checks.json', 'errors.json', 'panels.json', 'shell.json', 'tools.json']));
});

test.each(topics('zh'))('%s: same keys and values in both languages', (topic) => {
  expect(outline(read('en', topic))).toEqual(outline(read('zh', topic)));
});
