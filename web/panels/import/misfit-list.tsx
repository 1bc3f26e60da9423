// Gaps and overlaps between communities: how wide, between whom, and who receives each; narrow ones close by themselves.
import { Button, Checkbox, InputNumber, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportDecisions, ImportMisfit, MisfitReceiver } from '../../../core/api/import-messages.ts';
import { DEFAULT_TOLERANCE_M, MAX_TOLERANCE_M } from '../../../core/import/slivers.ts';
import { useFormat } from '../../i18n/format.ts';
import { allLike, isOpen, MISFIT_RULES } from '../../state/import-steps.ts';
import { useImport } from '../../state/import-store.ts';
import type { Picked } from './report-places.ts';

/** More are not drawn as a list at once. */
const MOST_SHOWN = 200;

interface Props {
  misfits: readonly ImportMisfit[];
  picked: Picked | null;
  onPick: (picked: Picked) => void;
}

export function MisfitList({ misfits, picked, onPick }: Props) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const [closed, setClosed] = useState(false);
  const open = misfits.filter(isOpen);
  const shown = closed ? misfits : open;
  return (
    <>
      <Tolerance />
      <ForAll />
      {misfits.length > open.length && (
        <Checkbox checked={closed} onChange={({ target }) => setClosed(target.checked)}>
          {t('import:misfit.closed', { value: count(misfits.length - open.length) })}
        </Checkbox>
      )}
      <ul className="misfit-list">
        {shown.slice(0, MOST_SHOWN).map((misfit) => (
          <MisfitRow
            key={misfit.key}
            misfit={misfit}
            misfits={open}
            picked={picked?.key === misfit.key}
            onPick={() => onPick({ key: misfit.key })}
          />
        ))}
      </ul>
      {shown.length > MOST_SHOWN && <p className="small quiet">{t('import:misfit.more', { value: count(shown.length - MOST_SHOWN) })}</p>}
    </>
  );
}

function Tolerance() {
  const { t } = useTranslation();
  const stored = useImport((store) => store.decisions.toleranceM);
  const decide = useImport((store) => store.decide);
  return (
    <p className="filter-line">
      {t('import:misfit.tolerance')}
      <InputNumber
        aria-label={t('import:misfit.tolerance')}
        min={0}
        max={MAX_TOLERANCE_M}
        step={0.5}
        value={stored}
        placeholder={t('import:misfit.usual', { value: DEFAULT_TOLERANCE_M })}
        suffix={t('import:metres')}
        onChange={(toleranceM) => decide({ toleranceM })}
      />
      <span className="small quiet">{t('import:misfit.toleranceHint')}</span>
    </p>
  );
}

function ForAll() {
  const { t } = useTranslation();
  const stored = useImport((store) => store.decisions.otherMisfits);
  const decide = useImport((store) => store.decide);
  return (
    <p className="filter-line">
      {t('import:misfit.others')}
      <Select
        className="receiver-select"
        aria-label={t('import:misfit.others')}
        value={stored ?? 'each'}
        options={['each', ...MISFIT_RULES].map((value) => ({ value, label: t(`import:receiver.${value}`) }))}
        onChange={(value: string) => decide({ otherMisfits: value === 'each' ? null : (value as ImportDecisions['otherMisfits']) })}
      />
    </p>
  );
}

interface RowProps {
  misfit: ImportMisfit;
  /** All that have to be decided. */
  misfits: readonly ImportMisfit[];
  picked: boolean;
  onPick: () => void;
}

function MisfitRow({ misfit, misfits, picked, onPick }: RowProps) {
  const { t } = useTranslation();
  const { count, decimal } = useFormat();
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (picked) row.current?.scrollIntoView({ block: 'nearest' });
  }, [picked]);
  return (
    <li ref={row} className={`misfit is-${misfit.kind}${picked ? ' is-picked' : ''}`} data-testid="misfit">
      <button type="button" className="misfit-what" onClick={onPick}>
        <strong>{t(`import:misfit.${misfit.kind}`)}</strong>{' '}
        {t('import:misfit.area', { area: count(misfit.areaM2), width: decimal(misfit.widthM) })}
        <span className="small quiet">{misfit.communities.map(({ name }) => name).join(t('import:joint'))}</span>
      </button>
      {isOpen(misfit) ? <Receiver misfit={misfit} misfits={misfits} /> : <GivenTo misfit={misfit} />}
    </li>
  );
}

function GivenTo({ misfit: { communities, givenTo } }: { misfit: ImportMisfit }) {
  const { t } = useTranslation();
  const name = communities.find(({ code }) => code === givenTo)?.name ?? givenTo ?? '';
  return <span className="small quiet">{t('import:misfit.givenTo', { name })}</span>;
}

function Receiver({ misfit, misfits }: { misfit: ImportMisfit; misfits: readonly ImportMisfit[] }) {
  const { t } = useTranslation();
  const decisions = useImport((store) => store.decisions);
  const { decide, giveMisfit } = useImport.getState();
  const chosen = decisions.misfits[misfit.key];
  const byRule = decisions.otherMisfits;
  const nameOf = (code: string): string => misfit.communities.find((one) => one.code === code)?.name ?? code;
  const options = [
    ...misfit.receivers.map((code) => ({ value: code, label: nameOf(code) })),
    ...MISFIT_RULES.map((rule) => ({ value: rule as string, label: t(`import:receiver.${rule}`) })),
    ...(misfit.kind === 'gap' ? [{ value: 'open', label: t('import:receiver.open') }] : []),
  ];
  return (
    <span className="misfit-choice">
      <Select
        className="receiver-select"
        aria-label={t('import:misfit.receiver')}
        allowClear
        popupMatchSelectWidth={false}
        status={chosen === undefined && byRule === null ? 'warning' : ''}
        value={chosen ?? null}
        placeholder={byRule === null ? t('import:receiver.choose') : t(`import:receiver.${byRule}`)}
        options={options}
        onChange={(value: MisfitReceiver | undefined) => giveMisfit(misfit.key, value ?? null)}
      />
      {chosen !== undefined && (
        <Button size="small" type="link" onClick={() => decide(allLike(chosen, misfits, decisions))}>
          {t('import:misfit.allLike')}
        </Button>
      )}
    </span>
  );
}
