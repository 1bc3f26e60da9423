import { afterEach, describe, expect, it } from 'vitest';
import { paintTool } from '../../../web/tools/paint.ts';
import { toolOptions } from '../../../web/tools/tool-options.ts';
import { blockId, grids, HOUSEHOLDS, hand, recordedHost, withLocked } from '../town.ts';

afterEach(() => toolOptions.getState().choosePaintTarget('pressed'));

describe('paint', () => {
  it('sweeps blocks across a border; both sides count along, release commits', () => {
    const host = recordedHost();
    const tool = paintTool(host);
    tool.press(hand(2.5, 1.5));
    tool.move(hand(3.5, 1.5));
    expect(host.preview?.sides).toMatchObject([
      { grid: grids.left, households: 10 * HOUSEHOLDS, buildings: 10 },
      { grid: grids.right, households: 8 * HOUSEHOLDS, buildings: 8 },
    ]);
    tool.move(hand(4.5, 1.5));
    tool.release(hand(4.5, 1.5));
    expect(host.committed).toEqual([{ type: 'assign', blocks: [blockId(3, 1), blockId(4, 1)], to: grids.left }]);
  });

  it('keeps the sum of both sides whatever is swept', () => {
    const host = recordedHost();
    const tool = paintTool(host);
    tool.press(hand(3.5, 1.5));
    for (const [column, row] of [
      [2.5, 1.5],
      [1.5, 0.5],
      [0.5, 2.5],
      [2.5, 2.5],
    ] as const) {
      tool.move(hand(column, row));
      const sum = (field: 'households' | 'population' | 'buildings') => host.preview?.sides.reduce((total, side) => total + side[field], 0);
      expect([sum('households'), sum('population'), sum('buildings')]).toEqual([18 * HOUSEHOLDS, 18 * 150, 18]);
    }
  });

  it('misses no block of a fast sweep', () => {
    const host = recordedHost();
    const tool = paintTool(host);
    tool.press(hand(0.5, 0.5));
    tool.move(hand(5.5, 0.5));
    tool.release(hand(5.5, 0.5));
    expect(host.committed).toMatchObject([{ blocks: [blockId(3, 0), blockId(4, 0), blockId(5, 0)] }]);
  });

  it('gives everything back on Esc', () => {
    const host = recordedHost();
    const tool = paintTool(host);
    tool.press(hand(2.5, 1.5));
    tool.move(hand(4.5, 1.5));
    expect(tool.back()).toBe(true);
    expect(host.sketch.blocks).toBeUndefined();
    expect(host.preview).toBeNull();
    tool.move(hand(5.5, 1.5));
    tool.release(hand(5.5, 1.5));
    expect(host.committed).toEqual([]);
    expect(tool.back()).toBe(false);
  });

  it('begins a new grid on ground that is not drawn and takes nothing from its neighbours', () => {
    const host = recordedHost();
    const tool = paintTool(host);
    tool.press(hand(0.5, 3.5));
    tool.move(hand(1.5, 3.5));
    tool.move(hand(1.5, 2.5));
    tool.release(hand(1.5, 2.5));
    expect(host.committed).toEqual([{ type: 'assign', blocks: [blockId(0, 3), blockId(1, 3)], to: 'new', kind: 'urban' }]);
  });

  it('paints into the grid that a number chose, wherever the stroke begins', () => {
    const host = recordedHost();
    const tool = paintTool(host);
    expect(tool.key?.('2')).toBe(true);
    tool.press(hand(0.5, 0.5));
    tool.release(hand(0.5, 0.5));
    expect(host.committed).toEqual([{ type: 'assign', blocks: [blockId(0, 0)], to: grids.right }]);
    expect(tool.key?.('x')).toBe(false);
  });

  it('paints a new grid out of others after 0, once', () => {
    const host = recordedHost();
    const tool = paintTool(host);
    tool.key?.('0');
    tool.press(hand(2.5, 0.5));
    tool.move(hand(3.5, 0.5));
    tool.release(hand(3.5, 0.5));
    expect(host.committed).toEqual([{ type: 'assign', blocks: [blockId(2, 0), blockId(3, 0)], to: 'new', kind: 'urban' }]);
    expect(toolOptions.getState().paintTarget).toBe('pressed');
  });

  it('neither gives to nor takes from a locked grid', () => {
    const host = recordedHost(withLocked(grids.right));
    const tool = paintTool(host);
    tool.press(hand(3.5, 0.5));
    expect(host.preview?.obstacle).toBe('tools:obstacle.grid-locked');
    tool.release(hand(3.5, 0.5));
    tool.press(hand(2.5, 0.5));
    tool.move(hand(4.5, 0.5));
    tool.release(hand(4.5, 0.5));
    expect(host.committed).toEqual([]);
  });

  it('selects the grid when nothing was swept', () => {
    const host = recordedHost();
    const tool = paintTool(host);
    tool.press(hand(3.5, 0.5));
    tool.release(hand(3.5, 0.5));
    expect(host.committed).toEqual([]);
    expect(host.selectedGrid).toBe(grids.right);
  });
});
