// One import in a process of its own, so that its memory is nobody else's: hands its figures to the process that started it.
import type { ImportProgress } from '../../core/api/import-messages.ts';
import { openDatabase } from '../../server/database/open.ts';
import { systemIdentity } from '../../server/http/identity.ts';
import { NO_DECISIONS, runImport } from '../../server/imports/run-import.ts';
import type { SourceToRead } from '../../server/imports/source-to-read.ts';
import { inspectInThread } from '../../server/sources/inspect-in-thread.ts';

export interface ImportToMeasure {
  readonly sources: readonly SourceToRead[];
  /** The wizard looks into files before. */
  readonly inspect: boolean;
  readonly dataDir: string;
}

const SAMPLE_MILLISECONDS = 50;
const MEGABYTE = 1_000_000;

/** Seconds by phase and as a whole, rows, and the peak of the process (embedded database included) in megabytes. */
async function measure({ sources, inspect, dataDir }: ImportToMeasure): Promise<Record<string, number>> {
  const database = await openDatabase({ dataDir, databaseUrl: undefined });
  const begun = new Map<string, number>();
  const peaks = new Map<string, number>();
  let phase = 'start';
  const note = (next: string): void => {
    phase = next;
    if (!begun.has(phase)) begun.set(phase, performance.now());
  };
  const sample = (): void => {
    peaks.set(phase, Math.max(peaks.get(phase) ?? 0, process.memoryUsage().rss));
  };
  const sampler = setInterval(sample, SAMPLE_MILLISECONDS);
  try {
    note('inspecting');
    if (inspect) for (const { path, name } of sources) await inspectInThread({ path, name, encoding: null });
    note('reading');
    const { report, problem } = await runImport(database, sources, {
      by: systemIdentity('bench'),
      decisions: NO_DECISIONS,
      store: true,
      onProgress: (progress: Pick<ImportProgress, 'phase'>) => note(progress.phase),
    });
    if (!report || problem) throw new Error(`the import failed: ${problem?.code} ${JSON.stringify(problem?.values)}`);
    note('done');
    sample();
    const seconds = (from: string, to: string) => Math.round(((begun.get(to) ?? 0) - (begun.get(from) ?? 0)) / 100) / 10;
    const megabytes = (bytes: number): number => Math.round(bytes / MEGABYTE);
    return {
      households: report.households,
      buildings: report.counts.buildings.taken,
      rows: report.counts.households.taken,
      blocks: report.blocks,
      inspectSeconds: seconds('inspecting', 'reading'),
      validateSeconds: seconds('reading', 'building-blocks'),
      blocksSeconds: seconds('building-blocks', 'writing'),
      writeSeconds: seconds('writing', 'done'),
      seconds: seconds('inspecting', 'done'),
      ...Object.fromEntries([...peaks].map(([name, bytes]) => [`${name}Megabytes`, megabytes(bytes)])),
      peakMegabytes: megabytes(Math.max(...peaks.values())),
    };
  } finally {
    clearInterval(sampler);
    await database.close();
  }
}

const figures = await measure(JSON.parse(process.argv[2] ?? '') as ImportToMeasure);
process.send?.(figures, () => process.exit(0));
if (!process.send) console.log(figures);
