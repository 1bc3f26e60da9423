// The steps of an import: what each still needs, and why a step or the import itself has to wait. Pure.
import type {
  ImportDecisions,
  ImportMisfit,
  ImportProgress,
  ImportReport,
  ImportSource,
  MisfitReceiver,
  SourceLayer,
} from '../../core/api/import-messages.ts';

export const IMPORT_STEPS = ['files', 'kinds', 'coordinates', 'fields', 'preview', 'run'] as const;
export type ImportStep = (typeof IMPORT_STEPS)[number];
/** Steps that are gone through file by file. */
export type FileStep = 'kinds' | 'coordinates' | 'fields';
export const FILE_STEPS: readonly FileStep[] = ['kinds', 'coordinates', 'fields'];

/** Why something cannot be done now: a text and its values. */
export interface ImportWhy {
  key: string;
  values: Readonly<Record<string, string | number>>;
}

/** What the steps are judged by. */
export interface ImportView {
  sources: readonly ImportSource[];
  /** Files on their way to the server. */
  sending: number;
  /** Files that did not get there. */
  unsent: number;
  /** Files that are being read anew. */
  rereading: number;
  phase: ImportProgress['phase'] | null;
  report: ImportReport | null;
  decisions: ImportDecisions;
  /** `previewText` of what the report was made of; null: no preview yet. */
  previewed: string | null;
}

const RUNNING: ReadonlySet<string> = new Set(['reading', 'validating', 'building-blocks', 'writing']);
export const isRunning = (phase: ImportProgress['phase'] | null): boolean => phase !== null && RUNNING.has(phase);

/** The layer that is read; a file with one layer needs no choice. */
export const layerOf = ({ layers, choice }: ImportSource): SourceLayer | null =>
  layers.find(({ name }) => name === choice.layer) ?? (layers.length === 1 ? (layers[0] ?? null) : null);

/** Its coordinates have to be understood. */
export const hasPlace = (source: ImportSource): boolean =>
  source.missing.includes('crs') || source.choice.crs !== null || (layerOf(source)?.bounds ?? null) !== null;

const stepOfNeed = (need: string): FileStep => (need === 'crs' ? 'coordinates' : need.startsWith('field:') ? 'fields' : 'kinds');

export const needsOf = (source: ImportSource, step: FileStep): string[] => source.missing.filter((need) => stepOfNeed(need) === step);

export const sourcesWanting = (sources: readonly ImportSource[], step: FileStep): ImportSource[] =>
  sources.filter((source) => source.problem === null && needsOf(source, step).length > 0);

/** The first step after `from` that needs somebody; those that are settled by themselves are passed over. */
export const stepAfter = (from: ImportStep, sources: readonly ImportSource[]): ImportStep => {
  const later = IMPORT_STEPS.slice(IMPORT_STEPS.indexOf(from) + 1);
  const wanting = FILE_STEPS.find((step) => later.includes(step) && sourcesWanting(sources, step).length > 0);
  return wanting ?? (later.includes('preview') ? 'preview' : 'run');
};

/** What a preview depends on besides the files themselves. */
export const previewText = (sources: readonly ImportSource[], { toleranceM, removeMissing = false }: ImportDecisions): string =>
  JSON.stringify([sources.map(({ id, choice }) => [id, choice]), toleranceM, removeMissing]);

/** null: the step can be gone to. */
export function whyNoStep(step: ImportStep, view: ImportView): ImportWhy | null {
  if (isRunning(view.phase)) return step === 'preview' || step === 'run' ? null : why('running');
  if (view.phase === 'done') return step === 'run' ? null : why('done');
  if (step === 'files') return null;
  const unusable = view.unsent + view.sources.filter(({ problem }) => problem !== null).length;
  if (view.sending > 0) return why('sending', { count: view.sending });
  if (unusable > 0) return why('unusable', { count: unusable });
  if (view.sources.length === 0) return why('noFiles');
  if (step === 'preview' || step === 'run') {
    if (view.rereading > 0) return why('rereading');
    for (const before of FILE_STEPS) {
      const [first, ...others] = sourcesWanting(view.sources, before);
      if (first !== undefined) return why(before, { file: first.name, count: others.length + 1 });
    }
  }
  return step === 'run' ? whyNoRun(view) : null;
}

/** null: it can be gone on from here. */
export function whyNoNext(step: ImportStep, view: ImportView): ImportWhy | null {
  const own = FILE_STEPS.find((one) => one === step);
  const [first, ...others] = own === undefined ? [] : sourcesWanting(view.sources, own);
  if (own !== undefined && first !== undefined) return why(own, { file: first.name, count: others.length + 1 });
  return whyNoStep(stepAfter(step, view.sources), view);
}

/** null: the import can be run as it was previewed and decided. */
function whyNoRun({ sources, report, decisions, previewed }: ImportView): ImportWhy | null {
  if (report === null || previewed === null) return why('noPreview');
  if (previewed !== previewText(sources, decisions)) return why('changed');
  const open = undecided(report, decisions).length;
  if (open > 0) return why('misfits', { count: open });
  const borders = refusedCommunities(report).size;
  if (borders > 0) return why('communities', { count: borders });
  const refused = refusedRows(report);
  if (refused > 0 && !decisions.skipRefused) return why('refused', { count: refused });
  return null;
}

/** Gaps and overlaps that somebody has to decide. */
export const undecided = (report: ImportReport, decisions: ImportDecisions): ImportMisfit[] =>
  report.misfits.filter((misfit) => isUndecided(misfit, decisions));

export const isUndecided = (misfit: ImportMisfit, { misfits, otherMisfits }: ImportDecisions): boolean =>
  isOpen(misfit) && misfits[misfit.key] === undefined && otherMisfits === null;

/** Wider than the tolerance, so that it did not close by itself. */
export const isOpen = ({ decidedBy }: ImportMisfit): boolean => decidedBy !== 'tolerance';

export const MISFIT_RULES = ['longest-border', 'larger'] as const;

/**
 * Decides all like one; what was decided by itself stays. A rule holds for all others, a community receives whatever it may, and where one
 * gap stays open all gaps do.
 */
export function allLike(to: MisfitReceiver, misfits: readonly ImportMisfit[], decisions: ImportDecisions): Partial<ImportDecisions> {
  const rule = MISFIT_RULES.find((one) => one === to);
  if (rule !== undefined) return { otherMisfits: rule };
  const fitting = misfits.filter(({ kind, receivers }) => (to === 'open' ? kind === 'gap' : receivers.includes(to)));
  return { misfits: { ...Object.fromEntries(fitting.map(({ key }) => [key, to])), ...decisions.misfits } };
}

/** Findings that stand for a gap or an overlap are decided by their misfit. */
const MISFIT_FINDINGS: ReadonlySet<string> = new Set(['gap', 'overlap']);

/** Numbers of communities that are refused for themselves: without them the others would not tile their county. */
const refusedCommunities = ({ findings }: ImportReport): Set<string> =>
  new Set(
    findings
      .filter(({ file, verdict, message }) => file === 'communities' && verdict === 'refused' && !MISFIT_FINDINGS.has(message))
      .map(({ source, feature }) => `${source} ${feature}`),
  );

/** Rows that cannot be taken and may be left out. */
export const refusedRows = ({ counts }: ImportReport): number =>
  Object.entries(counts).reduce((sum, [kind, { refused }]) => (kind === 'communities' ? sum : sum + refused), 0);

const why = (name: string, values: ImportWhy['values'] = {}): ImportWhy => ({ key: `import:why.${name}`, values });
