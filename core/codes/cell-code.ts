// The code of a cell: that of its grid with the number of the cell put where the scheme has it (DESIGN §8).
import { checkCharacter } from './check-character.ts';
import { parseCode } from './parse.ts';
import type { Scheme, Segment } from './scheme.ts';
import { CodeError } from './schemes.ts';

/** null: the scheme has no cells. Throws CodeError cell-invalid: the number does not fit, or the scheme did not make the code of the grid. */
export function cellCodeOf(scheme: Scheme, gridCode: string, cell: number): string | null {
  const part = cellPart(scheme);
  if (!part) return null;
  const parsed = parseCode(scheme, gridCode);
  if (!parsed.ok || parsed.value.cell !== null || !Number.isInteger(cell) || cell < 1 || cell >= 10 ** part.width) {
    throw new CodeError('cell-invalid', `${cell} is no cell of the grid ${gridCode} by ${scheme.id}`);
  }
  return withCell(scheme, gridCode, String(cell).padStart(part.width, '0'));
}

/** The grid and the number that a cell's code speaks of; null: it is no code of a cell by that scheme. Inverse of `cellCodeOf`. */
export function cellOfCode(scheme: Scheme, code: string): { readonly gridCode: string; readonly cell: number } | null {
  const part = cellPart(scheme);
  const parsed = parseCode(scheme, code);
  if (!part || !parsed.ok || parsed.value.cell === null) return null;
  return { gridCode: withCell(scheme, code, part.always ? '0'.repeat(part.width) : ''), cell: parsed.value.cell };
}

function cellPart(scheme: Scheme): Extract<Segment, { source: 'cell' }> | undefined {
  return scheme.segments.find((part) => part.source === 'cell');
}

/** The code with another number of the cell, and its check character made anew. */
function withCell(scheme: Scheme, code: string, cell: string): string {
  const parsed = parseCode(scheme, code);
  const others = parsed.ok ? parsed.value.segments.filter(({ source }) => source !== 'cell').map(({ value }) => value) : [];
  let made = '';
  for (const part of scheme.segments) {
    const own = part.source === 'cell' ? '' : (others.shift() ?? '');
    if (part.source === 'cell') made += cell;
    else made += part.source === 'check' ? checkCharacter(part.algorithm, made) : own;
  }
  return made;
}
