// One net (一张网): old grids of a department, what became of each in the plan, left-overs first; export, and starting the plan from them.
import { Button, Checkbox, Select, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OneNetOverview } from '../../core/api/one-net-messages.ts';
import { CROSSWALK_FORMATS } from '../../core/one-net/crosswalk-format.ts';
import { download } from '../actions/download.ts';
import { oneNetClient } from '../api/one-net-client.ts';
import { useFormat } from '../i18n/format.ts';
import { useLaidLayout } from '../state/laid-layout.ts';
import { frozenWhy } from '../state/lifecycle-frozen.ts';
import { useOneNet } from '../state/one-net.ts';
import { useWorkspace } from '../state/store.ts';
import { ActionButton } from './action-button.tsx';
import { Desk } from './lifecycle-desk.tsx';
import { OneNetRows } from './one-net-rows.tsx';
import './one-net.css';

export function OneNetPanel() {
  const { t } = useTranslation();
  const overview = useOneNet((state) => state.overview);
  const open = useOneNet((state) => state.open);
  useEffect(() => {
    void open();
    return () => useLaidLayout.getState().mark([]);
  }, [open]);
  return (
    <Desk id="one-net" title={t('one-net:title')} wide>
      {overview === null ? (
        <Skeleton active className="desk-section" aria-label={t('one-net:reading')} />
      ) : overview.department === null ? (
        <Nothing />
      ) : (
        <Overview overview={overview} department={overview.department} />
      )}
    </Desk>
  );
}

/** What to bring. */
function Nothing() {
  const { t } = useTranslation();
  return (
    <section className="desk-section">
      <p>{t('one-net:nothing')}</p>
      <p className="small quiet">{t('one-net:nothingHint')}</p>
      <div>
        <ActionButton id="import" bordered />
      </div>
    </section>
  );
}

function Overview({ overview, department }: { overview: OneNetOverview; department: string }) {
  const [onlyLeftOver, setOnlyLeftOver] = useState(false);
  const { t } = useTranslation();
  const rows = onlyLeftOver ? overview.rows.filter(({ leftOver }) => leftOver) : overview.rows;
  return (
    <>
      <section className="desk-section">
        <DepartmentChoice overview={overview} department={department} />
        <Counts overview={overview} />
        <Checkbox checked={onlyLeftOver} onChange={({ target }) => setOnlyLeftOver(target.checked)}>
          {t('one-net:onlyLeftOver')}
        </Checkbox>
      </section>
      <Start department={department} />
      <Export overview={overview} department={department} />
      <OneNetRows key={department} rows={rows} />
    </>
  );
}

function DepartmentChoice({ overview: { departments }, department }: { overview: OneNetOverview; department: string }) {
  const { t } = useTranslation();
  const reading = useOneNet((state) => state.reading);
  const choose = useOneNet((state) => state.choose);
  return (
    <Select
      aria-label={t('one-net:choose')}
      data-testid="one-net-department"
      value={department}
      loading={reading}
      onChange={(value) => void choose(value)}
      options={departments.map((one) => ({ value: one.department, label: t('one-net:departmentGrids', { ...one }) }))}
    />
  );
}

function Counts({ overview: { counts } }: { overview: OneNetOverview }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  return (
    <>
      <p data-testid="one-net-counts">
        {t('one-net:counts', { mapped: count(counts.mapped), split: count(counts.split), leftOut: count(counts.leftOut) })}
      </p>
      <p className={counts.leftOver > 0 ? 'one-net-left' : 'quiet'}>
        {counts.leftOver > 0
          ? t('one-net:leftOver', {
              grids: count(counts.leftOver),
              households: count(counts.householdsLeft),
              all: count(counts.households),
            })
          : t('one-net:nothingLeft')}
      </p>
    </>
  );
}

/** The buttons say why where they cannot act. */
function Start({ department }: { department: string }) {
  const { t } = useTranslation();
  const start = useOneNet((state) => state.start);
  const frozen = useWorkspace(frozenWhy);
  const community = useWorkspace(({ active, progress }) => progress.get(active?.code ?? '')?.name ?? null);
  const region = useWorkspace(({ plan }) => plan?.regionName ?? '');
  const why = frozen ?? (community === null ? 'one-net:start.noCommunity' : null);
  return (
    <section className="desk-section" data-testid="one-net-start">
      <h3>{t('one-net:start.title', { department })}</h3>
      <p className="small quiet">{t('one-net:start.meaning')}</p>
      <div className="one-net-buttons">
        <Button disabled={why !== null} title={why === null ? '' : t(why)} onClick={() => start('community')}>
          {t('one-net:start.community', { community: community ?? t('one-net:start.openCommunity') })}
        </Button>
        <Button disabled={frozen !== null} title={frozen === null ? '' : t(frozen)} onClick={() => start('plan')}>
          {t('one-net:start.plan', { region })}
        </Button>
      </div>
      {why !== null && <p className="small quiet">{t(why)}</p>}
    </section>
  );
}

function Export({ overview: { plan, departments }, department }: { overview: OneNetOverview; department: string }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  return (
    <section className="desk-section">
      <h3>{t('one-net:export.title')}</h3>
      <div className="desk-line">
        <div className="one-net-buttons">
          {CROSSWALK_FORMATS.map((format) => (
            <Button
              key={format}
              size="small"
              onClick={() => download(oneNetClient.crosswalkAddress(plan, all ? null : department, format))}
            >
              {t(`one-net:export.${format}`)}
            </Button>
          ))}
        </div>
        {departments.length > 1 && (
          <Checkbox checked={all} onChange={({ target }) => setAll(target.checked)}>
            {t('one-net:export.all')}
          </Checkbox>
        )}
      </div>
    </section>
  );
}
