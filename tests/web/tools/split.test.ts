import { describe, expect, it } from 'vitest';
import { splitTool } from '../../../web/tools/split.ts';
import { at, grids, hand, recordedHost, withLocked } from '../town.ts';

function setUp(active?: Parameters<typeof recordedHost>[0]) {
  const host = recordedHost(active);
  return { host, tool: splitTool(host) };
}

describe('split', () => {
  it('cuts along a straight line by press, drag, release', () => {
    const { host, tool } = setUp();
    tool.press(hand(-0.5, 1.5));
    tool.move(hand(1, 1.5));
    tool.move(hand(3.2, 1.5));
    expect(host.asked.at(-1)).toEqual({ type: 'cut', line: [at(-0.5, 1.5), at(3.2, 1.5)], grid: grids.left });
    tool.release(hand(3.2, 1.5));
    expect(host.committed).toEqual([{ type: 'cut', line: [at(-0.5, 1.5), at(3.2, 1.5)], grid: grids.left }]);
  });

  it('cuts along a bent line by clicks, finished by a double click', () => {
    const { host, tool } = setUp();
    const click = (column: number, row: number, time: number) => {
      tool.move(hand(column, row, time));
      tool.press(hand(column, row, time));
      tool.release(hand(column, row, time + 20));
    };
    click(-0.5, 1.5, 0);
    click(1.5, 1.8, 1000);
    click(3.2, 1.5, 2000);
    click(3.2, 1.5, 2200);
    expect(host.committed).toEqual([{ type: 'cut', line: [at(-0.5, 1.5), at(1.5, 1.8), at(3.2, 1.5)], grid: grids.left }]);
  });

  it('finishes by Enter without the vertex that the hand still holds', () => {
    const { host, tool } = setUp();
    for (const [column, time] of [
      [-0.5, 0],
      [3.2, 1000],
    ] as const) {
      tool.press(hand(column, 1.5, time));
      tool.release(hand(column, 1.5, time));
    }
    tool.move(hand(5, 0.2));
    tool.finish();
    expect(host.committed).toMatchObject([{ line: [at(-0.5, 1.5), at(3.2, 1.5)] }]);
  });

  it('steps back one vertex at a time, then has nothing left to take back', () => {
    const { host, tool } = setUp();
    for (const [column, time] of [
      [-0.5, 0],
      [1, 1000],
    ] as const) {
      tool.press(hand(column, 1.5, time));
      tool.release(hand(column, 1.5, time));
    }
    expect(tool.back()).toBe(true);
    tool.move(hand(2, 1.5));
    expect(host.sketch.line).toEqual([at(-0.5, 1.5), at(2, 1.5)]);
    expect(tool.back()).toBe(true);
    expect(host.sketch.line).toEqual([]);
    expect(host.asked.at(-1)).toBeNull();
    expect(tool.back()).toBe(false);
    expect(host.committed).toEqual([]);
  });

  it('gives a drag back on Esc, and the release does nothing', () => {
    const { host, tool } = setUp();
    tool.press(hand(-0.5, 1.5));
    tool.move(hand(3.2, 1.5));
    tool.back();
    tool.release(hand(3.2, 1.5));
    expect(host.committed).toEqual([]);
  });

  it('means the selected grid when the line crosses it, the longest crossed otherwise', () => {
    const { host, tool } = setUp();
    host.selectedGrid = grids.right;
    const drag = (from: number, to: number) => {
      tool.press(hand(from, 1.5));
      tool.move(hand(to, 1.5));
      tool.release(hand(to, 1.5));
    };
    drag(0.2, 4.5);
    drag(-0.5, 2.9);
    expect(host.committed.map((operation) => 'grid' in operation && operation.grid)).toEqual([grids.right, grids.left]);
  });

  it('cuts blocks only where nothing is drawn', () => {
    const { host, tool } = setUp();
    tool.press(hand(-0.5, 3.5));
    tool.move(hand(6.5, 3.5));
    tool.release(hand(6.5, 3.5));
    expect(host.committed).toEqual([{ type: 'cut', line: [at(-0.5, 3.5), at(6.5, 3.5)] }]);
  });

  it('leaves a locked grid alone and says so', () => {
    const { host, tool } = setUp(withLocked(grids.left));
    tool.press(hand(-0.5, 1.5));
    tool.move(hand(2.9, 1.5));
    tool.release(hand(2.9, 1.5));
    expect(host.committed).toEqual([]);
    expect(host.preview?.obstacle).toBe('tools:obstacle.grid-locked');
  });
});
