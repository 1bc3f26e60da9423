// A newer region table beside the one that is stored: what is new, gone, renamed or recoded, what hangs on it, who succeeds.
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RegionChange } from '../../../core/api/import-messages.ts';
import { useFormat } from '../../i18n/format.ts';
import { useImport } from '../../state/import.ts';

const NOBODY = '';

export function RegionChanges({ changes }: { changes: readonly RegionChange[] }) {
  const { t } = useTranslation();
  return (
    <>
      <p className="small quiet">{t('import:region.hint')}</p>
      <ul className="boundary-list">
        {changes.map((change) => (
          <Change key={`${change.old?.code} ${change.new?.code}`} change={change} />
        ))}
      </ul>
    </>
  );
}

function Change({ change }: { change: RegionChange }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const { kind, old, plans, grids, officialCodes } = change;
  return (
    <li>
      <strong>{t(`import:region.${kind}`)}</strong>{' '}
      {[old, change.new].flatMap((one) => (one === null ? [] : [`${one.name} ${one.code}`])).join(' → ')}
      {plans + grids + officialCodes > 0 && (
        <p className="small">{t('import:region.means', { plans: count(plans), grids: count(grids), codes: count(officialCodes) })}</p>
      )}
      {old !== null && kind !== 'added' && <Successor change={change} old={old.code} />}
    </li>
  );
}

/** Who follows on a region that is gone: guessed by name, confirmed by a person. */
function Successor({ change, old }: { change: RegionChange; old: string }) {
  const { t } = useTranslation();
  const decided = useImport((store) => store.decisions.successors[old]);
  const decide = useImport((store) => store.decide);
  const others =
    change.new === null ? change.candidates : [change.new, ...change.candidates.filter(({ code }) => code !== change.new?.code)];
  const value = decided === undefined ? (change.confirmed ? (change.new?.code ?? NOBODY) : null) : (decided ?? NOBODY);
  return (
    <Select
      className="wide-select"
      size="small"
      aria-label={t('import:region.successor')}
      status={value === null ? 'warning' : ''}
      placeholder={t('import:region.confirm')}
      value={value}
      options={[
        ...others.map(({ code, name }) => ({ value: code, label: `${name} ${code}` })),
        { value: NOBODY, label: t('import:region.nobody') },
      ]}
      onChange={(code: string) => {
        const { successors } = useImport.getState().decisions;
        decide({ successors: { ...successors, [old]: code === NOBODY ? null : code } });
      }}
    />
  );
}
