// METIS beside our division: gpmetis per community, where it is installed.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BlockGraph } from '../../core/division/graph.ts';

/** Best of ten, 20 % out of balance at most. */
const OPTIONS = ['-contig', '-ufactor=200', '-ncuts=10', '-niter=50'];
/** METIS takes whole numbers: tenths of a metre. */
const COST_UNITS = 10;

export function hasMetis(): boolean {
  try {
    execFileSync('gpmetis', ['-help'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Part of each block, divided by households into that many parts, borders weighted by their cost. */
export function metisParts(graph: BlockGraph, parts: number): Int32Array {
  const folder = mkdtempSync(join(tmpdir(), 'onegrid-metis-'));
  try {
    const lines = [`${graph.size} ${graph.neighbours.length / 2} 011`];
    for (let block = 0; block < graph.size; block++) {
      const numbers = [graph.households[block] as number];
      for (let at = graph.starts[block] as number; at < (graph.starts[block + 1] as number); at++) {
        numbers.push((graph.neighbours[at] as number) + 1, Math.max(1, Math.round((graph.cost[at] as number) * COST_UNITS)));
      }
      lines.push(numbers.join(' '));
    }
    const file = join(folder, 'graph');
    writeFileSync(file, `${lines.join('\n')}\n`);
    execFileSync('gpmetis', [...OPTIONS, file, String(parts)], { stdio: 'ignore' });
    return Int32Array.from(readFileSync(`${file}.part.${parts}`, 'utf8').trim().split('\n'), Number);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
