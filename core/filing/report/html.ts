// HTML as a tagged template: every value is escaped unless it is HTML made here.

export interface Html {
  readonly html: string;
}
type Part = Html | string | number | readonly Part[];

export function html(literals: TemplateStringsArray, ...values: readonly Part[]): Html {
  return { html: literals.map((literal, i) => literal + (i < values.length ? rendered(values[i] as Part) : '')).join('') };
}

function rendered(part: Part): string {
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return 'html' in part ? part.html : part.map(rendered).join('');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
