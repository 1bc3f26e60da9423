import { describe, expect, it } from 'vitest';
import { reshapeTool } from '../../../web/tools/reshape.ts';
import type { Caught } from '../../../web/tools/snap.ts';
import { at, grids, hand, recordedHost } from '../town.ts';

const onBorder = (column: number, row: number): Caught => ({
  kind: 'grid-border',
  name: '',
  barrier: null,
  position: at(column, row),
  vertex: false,
  grids: [grids.left],
});

describe('reshape', () => {
  it('first takes the grid under the hand, then draws from its border to its border', () => {
    const host = recordedHost();
    const tool = reshapeTool(host);
    tool.press(hand(1.5, 1.5));
    expect(host.selectedGrid).toBe(grids.left);
    expect(tool.prefersBorderOf?.()).toBe(grids.left);
    for (const [i, [column, row]] of (
      [
        [3, 0.5],
        [3.6, 1],
        [3, 1.5],
      ] as const
    ).entries()) {
      tool.press(hand(column, row, i * 1000, { caught: onBorder(column, row) }));
      tool.release(hand(column, row, i * 1000));
    }
    expect(host.asked.at(-1)).toMatchObject({ type: 'reshape', grid: grids.left });
    tool.finish();
    expect(host.committed).toEqual([{ type: 'reshape', grid: grids.left, line: [at(3, 0.5), at(3.6, 1), at(3, 1.5)] }]);
  });

  it('does not begin off the border, and says where to begin', () => {
    const host = recordedHost();
    host.selectedGrid = grids.left;
    const tool = reshapeTool(host);
    tool.press(hand(1.5, 1.5));
    tool.press(hand(5, 1.5, 0, { caught: { ...onBorder(5, 1.5), grids: [grids.right] } }));
    expect(host.preview?.obstacle).toBe('tools:obstacle.begin-on-border');
    expect(tool.back()).toBe(false);
  });
});
