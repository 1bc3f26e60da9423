import { describe, expect, it } from 'vitest';
import { snapIndex } from '../../../web/tools/snap.ts';
import { at, BLOCK_PX, SIDE, town } from '../town.ts';

const index = snapIndex(town);
const pixelsPerDegree = [BLOCK_PX / SIDE, BLOCK_PX / SIDE] as const;
/** Catches near a place in blocks, moved by pixels. */
const catchAt = (column: number, row: number, east = 0, north = 0) => {
  const [x, y] = at(column, row);
  return index.catch({ pointer: [x + east / pixelsPerDegree[0], y + north / pixelsPerDegree[1]], pixelsPerDegree });
};

describe('snapping', () => {
  it('names the road that a grid border follows', () => {
    const caught = catchAt(3, 1.5, 6);
    expect(caught).toMatchObject({ kind: 'barrier', name: '人民路', vertex: false });
    expect(caught?.position).toEqual(at(3, 1.5));
  });

  it('catches a border between a grid and ground that is not drawn', () => {
    expect(catchAt(1.5, 3, 0, -5)).toMatchObject({ kind: 'grid-border', name: '第一网格' });
  });

  it('catches the border of the community', () => {
    expect(catchAt(0, 1.5, 4)?.kind).toBe('community-border');
  });

  it('prefers a corner to the line it lies on', () => {
    const caught = catchAt(0, 0, 4, 3);
    expect(caught).toMatchObject({ vertex: true });
    expect(caught?.position).toEqual(at(0, 0));
  });

  it('catches the corners of buildings but not their walls', () => {
    expect(catchAt(0.4, 0.4, 3, -3)).toMatchObject({ kind: 'building-corner', position: at(0.4, 0.4) });
    expect(catchAt(0.5, 0.4, 0, -2)).toBeNull();
  });

  it('leaves alone what is further than ten pixels away, and borders inside one grid', () => {
    expect(catchAt(3, 1.5, 11)).toBeNull();
    expect(catchAt(1, 1.5, 1)).toBeNull();
  });

  it('answers in whole lattice steps', () => {
    const [x = 0, y = 0] = catchAt(0, 1.234567, 3)?.position ?? [];
    for (const degrees of [x, y]) expect(degrees * 1e7).toBeCloseTo(Math.round(degrees * 1e7), 4);
  });
});
