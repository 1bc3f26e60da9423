// The code schemes that are shipped, and codes by them: put together and taken apart. A new scheme is a file in schemes/ and a line here.
import type { GridKind } from '../plan/state.ts';
import { checkCharacter } from './check-character.ts';
import { type CheckAlgorithm, type Scheme, type Segment, type SequenceSegment, schemeSchema } from './scheme.ts';
import cjt349 from './schemes/cjt349-20.json' with { type: 'json' };
import gb15 from './schemes/gb15.json' with { type: 'json' };
import typed16 from './schemes/typed16.json' with { type: 'json' };
import { isGivenOut } from './sequence.ts';

export const DEFAULT_SCHEME = 'gb15';

/** Every shipped scheme by its id. */
export const schemes: ReadonlyMap<string, Scheme> = new Map(
  [gb15, cjt349, typed16].map((data) => {
    const scheme = schemeSchema.parse(data);
    return [scheme.id, scheme];
  }),
);

const CHECK_ALGORITHMS: readonly CheckAlgorithm[] = ['mod11-10', 'mod37-36'];
const CHECKED_ID = /^(.+)\+(mod11-10|mod37-36)$/;

/** The scheme of that id; `ID+mod11-10` and `ID+mod37-36` add a check character. undefined where none is shipped. */
export function schemeOf(id: string): Scheme | undefined {
  const [, base, algorithm] = CHECKED_ID.exec(id) ?? [];
  if (base === undefined) return schemes.get(id);
  const scheme = schemes.get(base);
  return scheme && withCheck(scheme, algorithm as CheckAlgorithm);
}

/** The scheme and, where it has no check character, the same with one: all that codes could have been made by. */
export function withChecks(scheme: Scheme): Scheme[] {
  if (scheme.segments.some(({ source }) => source === 'check')) return [scheme];
  return [scheme, ...CHECK_ALGORITHMS.map((algorithm) => withCheck(scheme, algorithm))];
}

/** The scheme with a check character at the end; no published rule asks for one. */
function withCheck(scheme: Scheme, algorithm: CheckAlgorithm): Scheme {
  const meaning = { zh: '校验码', en: 'check character' };
  return { ...scheme, id: `${scheme.id}+${algorithm}`, segments: [...scheme.segments, { source: 'check', algorithm, meaning }] };
}

export type CodeFailure = 'community-code' | 'sequence-exhausted' | 'sequence-reserved' | 'sequence-invalid' | 'cell-invalid';

/** Why no code can be made: a value the server turns into a sentence. */
export class CodeError extends Error {
  readonly code: CodeFailure;
  constructor(code: CodeFailure, message: string) {
    super(message);
    this.name = 'CodeError';
    this.code = code;
  }
}

/** What a code is made of. `cell` counts from 1; without it the code is that of the whole grid. */
export interface CodeParts {
  readonly community: string;
  readonly kind: GridKind;
  readonly sequence: number;
  readonly cell?: number;
}

/** The code of a grid. Throws CodeError: no 12-digit community, or a number the scheme cannot hold or does not give out. */
export function codeOf(scheme: Scheme, parts: CodeParts): string {
  if (!/^\d{12}$/.test(parts.community)) throw new CodeError('community-code', `${parts.community} is no 12-digit community code`);
  let code = '';
  for (const part of scheme.segments) code += textOf(part, parts, code);
  return code;
}

function textOf(part: Segment, parts: CodeParts, before: string): string {
  switch (part.source) {
    case 'literal':
      return part.value;
    case 'type':
      return part.values[parts.kind];
    case 'sequence':
      return sequenceText(part, parts);
    case 'cell':
      return parts.cell === undefined && !part.always ? '' : cellText(part, parts.cell);
    case 'check':
      return checkCharacter(part.algorithm, before);
    default:
      return parts.community.slice(part.from, part.to);
  }
}

function sequenceText(part: SequenceSegment, { community, kind, sequence }: CodeParts): string {
  if (!Number.isInteger(sequence) || sequence < 1) throw new CodeError('sequence-invalid', `${sequence} is no grid number`);
  if (sequence >= 10 ** part.width) {
    throw new CodeError('sequence-exhausted', `${community} has used up its ${10 ** part.width - 1} grid numbers`);
  }
  if (!isGivenOut(part, kind, sequence)) throw new CodeError('sequence-reserved', `grid number ${sequence} is reserved`);
  return String(sequence).padStart(part.width, '0');
}

function cellText(part: Extract<Segment, { source: 'cell' }>, cell: number | undefined): string {
  if (cell === undefined) return '0'.repeat(part.width);
  if (!Number.isInteger(cell) || cell < 1 || cell >= 10 ** part.width) throw new CodeError('cell-invalid', `${cell} is no cell number`);
  return String(cell).padStart(part.width, '0');
}
