// What an adjustment changed: lines of grids that belong together, former and present; a click shows them on the map.
import { Segmented, Skeleton } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComparedGrids, GridFate } from '../../core/api/messages.ts';
import { useFormat } from '../i18n/format.ts';
import { useComparison } from '../state/comparison.ts';
import { useLaidLayout } from '../state/laid-layout.ts';
import { useWorkspace } from '../state/store.ts';
import { groupedCode } from './grid-code.tsx';
import { Desk } from './lifecycle-desk.tsx';
import './comparison.css';

/** What changed comes before what did not. */
const FATES: readonly GridFate[] = ['split', 'merged', 'moved', 'redrawn', 'new', 'retired', 'unchanged'];

export function ComparisonPanel() {
  const { t } = useTranslation();
  const comparison = useComparison((state) => state.comparison);
  const fate = useComparison((state) => state.fate);
  const { open, close } = useComparison.getState();
  useEffect(() => {
    void open();
    return close;
  }, [open, close]);
  const lines = (comparison?.lines ?? [])
    .filter((line) => fate === null || line.fate === fate)
    .toSorted((a, b) => FATES.indexOf(a.fate) - FATES.indexOf(b.fate));
  return (
    <Desk id="comparison" title={t('lifecycle:comparison.title')} wide>
      {comparison === null ? (
        <Skeleton active className="desk-section" aria-label={t('lifecycle:comparison.reading')} />
      ) : (
        <>
          <section className="desk-section">
            <ViewChoice />
            <FateChoice />
          </section>
          <ul className="compared">
            {lines.map((line) => (
              <Line key={[...line.former, ...line.present].map(({ grid }) => grid).join(' ')} line={line} />
            ))}
            {lines.length === 0 && <li className="quiet compared-none">{t('lifecycle:comparison.none')}</li>}
          </ul>
        </>
      )}
    </Desk>
  );
}

function ViewChoice() {
  const { t } = useTranslation();
  const view = useComparison((state) => state.view);
  const show = useComparison((state) => state.show);
  return (
    <div className="desk-line">
      <Segmented
        value={view}
        onChange={show}
        options={(['overlaid', 'former', 'present'] as const).map((value) => ({ value, label: t(`lifecycle:comparison.${value}`) }))}
      />
      {view === 'overlaid' && (
        <span className="small quiet">
          <span className="dash-sample" /> {t('lifecycle:comparison.overlaidHint')}
        </span>
      )}
    </div>
  );
}

function FateChoice() {
  const { t } = useTranslation();
  const { count } = useFormat();
  const fate = useComparison((state) => state.fate);
  const filter = useComparison((state) => state.filter);
  const counts = useComparison((state) => state.comparison?.counts);
  if (counts === undefined) return null;
  return (
    <fieldset className="fates" aria-label={t('lifecycle:comparison.title')}>
      {([null, ...FATES] as const)
        .filter((one) => one === null || counts[one] > 0)
        .map((one) => (
          <button
            key={one ?? 'all'}
            type="button"
            className={`fate is-${one ?? 'all'}`}
            aria-pressed={fate === one}
            onClick={() => filter(one)}
          >
            {t(one === null ? 'lifecycle:comparison.all' : `lifecycle:comparison.fate.${one}`)}
            {one !== null && <b>{count(counts[one])}</b>}
          </button>
        ))}
    </fieldset>
  );
}

function Line({ line }: { line: ComparedGrids }) {
  const { t } = useTranslation();
  const { count, hectares } = useFormat();
  const goTo = useComparison((state) => state.goTo);
  const marked = useLaidLayout((state) => line.present.concat(line.former).some(({ grid }) => state.marked.has(grid)));
  const community = useWorkspace((workspace) => workspace.progress.get(line.community)?.name ?? line.community);
  return (
    <li>
      <button type="button" className="compared-line" data-fate={line.fate} aria-pressed={marked} onClick={() => goTo(line)}>
        <span className="compared-head">
          <span className={`fate-mark is-${line.fate}`}>{t(`lifecycle:comparison.fate.${line.fate}`)}</span>
          <span className="small quiet clip">{community}</span>
          {line.householdsMoved + line.areaMovedM2 > 0 && line.fate !== 'unchanged' && (
            <span className="small compared-moved">
              {t('lifecycle:comparison.moved', { households: count(line.householdsMoved), hectares: hectares(line.areaMovedM2) })}
            </span>
          )}
        </span>
        <Side grids={line.former} />
        <span className="compared-arrow">→</span>
        <Side grids={line.present} />
      </button>
    </li>
  );
}

function Side({ grids }: { grids: ComparedGrids['former'] }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  if (grids.length === 0) return <span className="quiet">{t('lifecycle:comparison.nothing')}</span>;
  return (
    <span className="compared-side">
      {grids.map(({ grid, name, code, households }) => (
        <span key={grid}>
          <strong>{name}</strong> <span className="small">{t('lifecycle:comparison.size', { households: count(households) })}</span>
          <span className="small mono quiet">{code === null ? t('lifecycle:comparison.noCode') : groupedCode(code)}</span>
        </span>
      ))}
    </span>
  );
}
