// Graph partitioners beside our division: run per community where they are installed.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BlockGraph } from '../../core/division/graph.ts';

export interface Partitioner {
  readonly name: string;
  readonly isInstalled: () => boolean;
  /** Part of each block, divided by households into that many parts, borders weighted by their cost. */
  readonly partsOf: (graph: BlockGraph, parts: number) => Int32Array;
}

/** Partitioners take whole numbers: tenths of a metre. */
const COST_UNITS = 10;

/** Connected parts, best of ten, 20 % out of balance at most (Debian package metis). */
const metis: Partitioner = {
  name: 'Metis',
  isInstalled: () => canRun('gpmetis', '-help'),
  partsOf: (graph, parts) =>
    inFolder((folder) => {
      const file = join(folder, 'graph');
      const lines = blockLines(graph, (households, borders) => [households, ...borders.flatMap(({ to, cost }) => [to + 1, cost])]);
      writeFileSync(file, [`${graph.size} ${graph.neighbours.length / 2} 011`, ...lines, ''].join('\n'));
      execFileSync('gpmetis', ['-contig', '-ufactor=200', '-ncuts=10', '-niter=50', file, String(parts)], { stdio: 'ignore' });
      return Int32Array.from(readFileSync(`${file}.part.${parts}`, 'utf8').trim().split('\n'), Number);
    }),
};

/** 20 % out of balance at most, quality before speed (Debian package scotch). It knows no connected parts. */
const scotch: Partitioner = {
  name: 'Scotch',
  isInstalled: () => canRun('scotch_gpart', '-h'),
  partsOf: (graph, parts) =>
    inFolder((folder) => {
      const [file, map] = [join(folder, 'graph.grf'), join(folder, 'graph.map')];
      const lines = blockLines(graph, (households, borders) => [
        households,
        borders.length,
        ...borders.flatMap(({ to, cost }) => [cost, to]),
      ]);
      writeFileSync(file, ['0', `${graph.size} ${graph.neighbours.length}`, '0 011', ...lines, ''].join('\n'));
      execFileSync('scotch_gpart', ['-b0.2', '-cq', String(parts), file, map], { stdio: 'ignore' });
      const partOf = new Int32Array(graph.size);
      for (const line of readFileSync(map, 'utf8').trim().split('\n').slice(1)) {
        const [block, part] = line.split('\t').map(Number) as [number, number];
        partOf[block] = part;
      }
      return partOf;
    }),
};

export const partitioners: readonly Partitioner[] = [metis, scotch];

function canRun(program: string, option: string): boolean {
  return spawnSync(program, [option], { stdio: 'ignore' }).error === undefined;
}

function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'onegrid-partition-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface WeightedBorder {
  readonly to: number;
  readonly cost: number;
}

function blockLines(graph: BlockGraph, numbers: (households: number, borders: readonly WeightedBorder[]) => number[]): string[] {
  return Array.from({ length: graph.size }, (_, block) => {
    const borders: WeightedBorder[] = [];
    for (let at = graph.starts[block] as number; at < (graph.starts[block + 1] as number); at++) {
      borders.push({ to: graph.neighbours[at] as number, cost: Math.max(1, Math.round((graph.cost[at] as number) * COST_UNITS)) });
    }
    return numbers(graph.households[block] as number, borders).join(' ');
  });
}
