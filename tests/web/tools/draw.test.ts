import { describe, expect, it } from 'vitest';
import { drawTool } from '../../../web/tools/draw.ts';
import { mergeTool } from '../../../web/tools/merge.ts';
import { at, grids, HOUSEHOLDS, hand, recordedHost } from '../town.ts';

describe('draw', () => {
  it('carves a ring that is closed by a click on its first vertex', () => {
    const host = recordedHost();
    const tool = drawTool(host);
    const corners = [
      [1, 1],
      [2, 1],
      [2, 2],
    ] as const;
    for (const [i, [column, row]] of [...corners, corners[0]].entries()) {
      tool.press(hand(column, row, i * 1000));
      tool.release(hand(column, row, i * 1000));
    }
    expect(host.committed).toEqual([{ type: 'carve', kind: 'dedicated', polygon: [[at(1, 1), at(2, 1), at(2, 2), at(1, 1)]] }]);
  });

  it('carves a rectangle by one drag', () => {
    const host = recordedHost();
    const tool = drawTool(host);
    tool.press(hand(1, 1));
    tool.move(hand(2, 3));
    tool.release(hand(2, 3));
    expect(host.committed).toMatchObject([{ polygon: [[at(1, 1), at(2, 1), at(2, 3), at(1, 3), at(1, 1)]] }]);
  });

  it('does not finish a ring of two vertices', () => {
    const host = recordedHost();
    const tool = drawTool(host);
    for (const [column, time] of [
      [1, 0],
      [2, 1000],
    ] as const) {
      tool.press(hand(column, 1, time));
      tool.release(hand(column, 1, time));
    }
    tool.finish();
    expect(host.committed).toEqual([]);
    expect(tool.back()).toBe(true);
  });
});

describe('merge', () => {
  it('joins the grids clicked into the first and shows the sum before', () => {
    const host = recordedHost();
    const tool = mergeTool(host);
    tool.press(hand(4.5, 0.5));
    expect(host.preview?.obstacle).toBe('tools:obstacle.merge-needs-two');
    tool.finish();
    expect(host.committed).toEqual([]);
    tool.press(hand(0.5, 0.5));
    expect(host.preview?.sides).toMatchObject([{ grid: grids.right, households: 18 * HOUSEHOLDS, band: 'above' }]);
    tool.finish();
    expect(host.committed).toEqual([{ type: 'merge', grids: [grids.right, grids.left], into: grids.right }]);
  });

  it('takes a grid back by a second click, and by Esc', () => {
    const host = recordedHost();
    const tool = mergeTool(host);
    for (const column of [0.5, 4.5, 0.5]) tool.press(hand(column, 0.5));
    expect(host.sketch.grids).toEqual([grids.right]);
    expect(tool.back()).toBe(true);
    expect(tool.back()).toBe(false);
  });
});
