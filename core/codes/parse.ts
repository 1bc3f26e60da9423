// Grid codes taken apart and explained; the inverse of `codeOf`.
import type { GridKind } from '../plan/state.ts';
import { hasValidCheck } from './check-character.ts';
import { type Scheme, type Segment, widthOf } from './scheme.ts';

export interface CodeSegment {
  readonly source: Segment['source'];
  readonly value: string;
  readonly meaning: { readonly zh: string; readonly en: string };
}

export interface ParsedCode {
  /** The 12-digit community code. */
  readonly community: string;
  /** null: the scheme does not tell kinds apart. */
  readonly kind: GridKind | null;
  readonly sequence: number;
  /** null: the code is that of a whole grid. */
  readonly cell: number | null;
  readonly segments: readonly CodeSegment[];
}

export type ParseFailure = 'length' | 'characters' | 'literal' | 'type' | 'check';
export type ParseOutcome = { readonly ok: true; readonly value: ParsedCode } | { readonly ok: false; readonly failure: ParseFailure };

const refuse = (failure: ParseFailure): ParseOutcome => ({ ok: false, failure });

/** Takes a code apart by the scheme, or says what is wrong with it. Whether it was ever issued is another question. */
export function parseCode(scheme: Scheme, code: string): ParseOutcome {
  const parts = partsOf(scheme, code.length);
  if (!parts) return refuse('length');
  const community = Array.from({ length: 12 }, () => '0');
  const segments: CodeSegment[] = [];
  let kind: GridKind | null = null;
  let sequence = 0;
  let cell = 0;
  let at = 0;
  for (const part of parts) {
    const value = code.slice(at, at + widthOf(part));
    at += value.length;
    const failure = faultOf(part, value, code);
    if (failure) return refuse(failure);
    if ('from' in part) community.splice(part.from, value.length, ...value);
    else if (part.source === 'sequence') sequence = Number(value);
    else if (part.source === 'type') kind = kindOf(part, value);
    else if (part.source === 'cell') cell = Number(value);
    segments.push({ source: part.source, value, meaning: part.meaning });
  }
  return { ok: true, value: { community: community.join(''), kind, sequence, cell: cell || null, segments } };
}

/** Whether a grid of that community and kind can bear the code: its community may have got another code since, or it another kind. */
export function codeFits(scheme: Scheme, code: string, grid: { readonly community: string; readonly kind: GridKind }): boolean {
  const parsed = parseCode(scheme, code);
  if (!parsed.ok || parsed.value.cell !== null || parsed.value.community !== grid.community) return false;
  return parsed.value.kind === null || parsed.value.kind === grid.kind;
}

/** The segments that make up a code of that length: with or without the number of a cell. */
function partsOf(scheme: Scheme, length: number): Segment[] | undefined {
  const ofGrid = scheme.segments.filter((part) => part.source !== 'cell' || part.always);
  return [ofGrid, scheme.segments].find((parts) => parts.reduce((sum, part) => sum + widthOf(part), 0) === length);
}

/** null: several kinds have that text. */
function kindOf({ values }: Extract<Segment, { source: 'type' }>, text: string): GridKind | null {
  const kinds = (Object.keys(values) as GridKind[]).filter((kind) => values[kind] === text);
  return kinds.length === 1 ? (kinds[0] ?? null) : null;
}

function faultOf(part: Segment, value: string, code: string): ParseFailure | null {
  switch (part.source) {
    case 'literal':
      return value === part.value ? null : 'literal';
    case 'type':
      return Object.values(part.values).includes(value) ? null : 'type';
    case 'check':
      return hasValidCheck(part.algorithm, code) ? null : 'check';
    default:
      return /^\d+$/.test(value) ? null : 'characters';
  }
}
