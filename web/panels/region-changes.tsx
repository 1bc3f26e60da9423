// What a newer table of region codes changes: by kind, with what it means for plans and codes, and who takes the place of what ended.
import { Button, Checkbox, Input, Segmented, Select, Table } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportDecisions, RegionChange } from '../../core/api/import-messages.ts';
import { isTownLike, isVirtualCommunity } from '../../core/regions/table.ts';
import { useFormat } from '../i18n/format.ts';
import { asksForHeir, filterChanges, KINDS, type KindFilter, sameNameDecisions } from './region-changes-filter.ts';
import './region-changes.css';

type Successors = ImportDecisions['successors'];

interface RegionChangesProps {
  readonly changes: readonly RegionChange[];
  /** Old code → successor as decided so far; null: it has none. */
  readonly successors: Successors;
  /** Given all decisions anew. */
  readonly onDecide: (successors: Successors) => void;
}

const ROWS_PER_PAGE = 14;
/** Value of the choice “no successor”: a code is never empty. */
const NOBODY = '';

export function RegionChangesTable({ changes, successors, onDecide }: RegionChangesProps) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<KindFilter>('all');
  const [sought, setSought] = useState('');
  const [onlyUsed, setOnlyUsed] = useState(false);
  const shown = useMemo(
    () => filterChanges(changes, successors, { kind, sought, onlyUsed }),
    [changes, successors, kind, sought, onlyUsed],
  );
  return (
    <div className="region-changes">
      <KindChoice changes={changes} successors={successors} kind={kind} onChoose={setKind} />
      <div className="region-changes-line">
        <Input.Search
          allowClear
          size="small"
          placeholder={t('regions:seek')}
          aria-label={t('regions:seek')}
          onChange={({ target }) => setSought(target.value)}
        />
        <Checkbox checked={onlyUsed} onChange={({ target }) => setOnlyUsed(target.checked)}>
          {t('regions:onlyUsed')}
        </Checkbox>
        <ConfirmSameNames changes={changes} successors={successors} onDecide={onDecide} />
      </div>
      <ChangeRows changes={shown} successors={successors} onDecide={onDecide} />
    </div>
  );
}

function KindChoice({
  changes,
  successors,
  kind,
  onChoose,
}: Omit<RegionChangesProps, 'onDecide'> & { kind: KindFilter; onChoose: (kind: KindFilter) => void }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const options = KINDS.map((value) => {
    const many = filterChanges(changes, successors, { kind: value, sought: '', onlyUsed: false }).length;
    return { value, label: `${t(`regions:kind.${value}`)} ${count(many)}`, disabled: many === 0 && value !== 'all' };
  });
  return <Segmented size="small" aria-label={t('regions:kinds')} value={kind} options={options} onChange={onChoose} />;
}

function ConfirmSameNames({ changes, successors, onDecide }: RegionChangesProps) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const same = sameNameDecisions(changes, successors);
  const many = Object.keys(same).length;
  return (
    <Button
      size="small"
      disabled={many === 0}
      title={many === 0 ? t('regions:noSameNames') : t('regions:confirmSameNamesHint')}
      onClick={() => onDecide({ ...successors, ...same })}
    >
      {t('regions:confirmSameNames', { many: count(many) })}
    </Button>
  );
}

function ChangeRows({ changes, successors, onDecide }: RegionChangesProps) {
  const { t } = useTranslation();
  return (
    <Table
      size="small"
      rowKey={(change) => `${change.old?.code} ${change.new?.code}`}
      dataSource={[...changes]}
      pagination={{ pageSize: ROWS_PER_PAGE, size: 'small', showSizeChanger: false, hideOnSinglePage: true }}
      columns={[
        {
          title: t('regions:change'),
          width: 64,
          render: (_, { kind, old }) => (
            <span className={`region-change is-${kind}`}>
              {t(kind === 'added' && old !== null ? 'regions:again' : `regions:kind.${kind}`)}
            </span>
          ),
        },
        {
          title: t('regions:region'),
          render: (_, change) => (
            <>
              {change.old !== null && <Named region={change.old} />}
              {change.new !== null && (change.old === null || change.kind !== 'added') && (
                <Named region={change.new} to={change.old !== null} />
              )}
              <Meaning change={change} />
            </>
          ),
        },
        {
          title: t('regions:heir'),
          width: 200,
          render: (_, change) => asksForHeir(change) && <Heir change={change} successors={successors} onDecide={onDecide} />,
        },
      ]}
    />
  );
}

function Named({ region, to = false }: { region: { code: string; name: string }; to?: boolean }) {
  const { t } = useTranslation();
  const mark = isVirtualCommunity(region.name) ? 'virtual' : isTownLike(region.code) ? 'townLike' : null;
  return (
    <div>
      {to && '→ '}
      {region.name} <span className="mono small quiet">{region.code}</span>
      {mark !== null && (
        <span className="small quiet" title={t(`regions:mark.${mark}Hint`)}>
          {' '}
          {t(`regions:mark.${mark}`)}
        </span>
      )}
    </div>
  );
}

/** What it means for plans and codes; nothing where none speaks of it. */
function Meaning({ change: { kind, plans, grids, officialCodes } }: { change: RegionChange }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  if (plans + grids + officialCodes === 0) return null;
  const ends = kind === 'removed' || kind === 'recoded';
  return (
    <div className="small" title={t(ends ? 'regions:becomesStale' : 'regions:staysValid')}>
      {t('regions:speakOfIt', { plans: count(plans), grids: count(grids), codes: count(officialCodes) })}
      <span className="quiet"> {t(ends ? 'regions:becomesStaleShort' : 'regions:staysValid')}</span>
    </div>
  );
}

/** What is chosen is confirmed; a guess stands below until then. */
function Heir({ change, successors, onDecide }: { change: RegionChange } & Omit<RegionChangesProps, 'changes'>) {
  const { t } = useTranslation();
  const old = change.old?.code ?? '';
  const decided = successors[old];
  const offered = [...(change.new === null ? [] : [change.new]), ...change.candidates.filter(({ code }) => code !== change.new?.code)];
  return (
    <>
      <Select
        className="region-heir"
        size="small"
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('regions:heirOf', { name: change.old?.name })}
        status={decided === undefined && change.kind !== 'renamed' ? 'warning' : ''}
        placeholder={t(change.kind === 'renamed' ? 'regions:onlyRenamed' : 'regions:choose')}
        value={decided === undefined ? null : (decided ?? NOBODY)}
        options={[
          ...offered.map(({ code, name }) => ({ value: code, label: code === old ? t('regions:onlyRenamed') : `${name} ${code}` })),
          { value: NOBODY, label: t('regions:nobody') },
        ]}
        onChange={(code: string | undefined) => onDecide(decidedAs(successors, old, code))}
      />
      {decided === undefined && change.kind === 'recoded' && change.new !== null && (
        <Button size="small" type="link" onClick={() => onDecide({ ...successors, [old]: change.new?.code ?? null })}>
          {t('regions:confirmGuess', { name: change.new.name })}
        </Button>
      )}
    </>
  );
}

/** undefined: not decided after all. */
function decidedAs(successors: Successors, old: string, code: string | undefined): Successors {
  const { [old]: _, ...others } = successors;
  return code === undefined ? others : { ...others, [old]: code === NOBODY ? null : code };
}
