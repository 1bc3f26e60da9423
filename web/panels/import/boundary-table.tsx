// Communities that are there already and get another outline: what becomes of their blocks, and of the plans that use them.
import { useTranslation } from 'react-i18next';
import type { BoundaryChange } from '../../../core/api/import-messages.ts';
import { useFormat } from '../../i18n/format.ts';

export function BoundaryTable({ boundaries }: { boundaries: readonly BoundaryChange[] }) {
  const { t } = useTranslation();
  const { count, hectares } = useFormat();
  return (
    <>
      <p className="small quiet">{t('import:boundary.hint')}</p>
      <ul className="boundary-list">
        {boundaries.map((change) => (
          <li key={change.community}>
            <strong>{change.name}</strong> <span className="small mono quiet">{change.community}</span>
            <p className="small">
              {t('import:boundary.blocks', { kept: count(change.kept), cut: count(change.cut), added: count(change.added) })} ·{' '}
              {t('import:boundary.areas', { gained: hectares(change.gainedM2), lost: hectares(change.lostM2) })}
            </p>
            {change.plans.map((plan) => (
              <p key={plan.id} className={`small ${plan.unassigned > 0 ? 'verdict is-mended' : 'quiet'}`}>
                {t('import:boundary.plan', { name: plan.name, assigned: count(plan.assigned), unassigned: count(plan.unassigned) })}
              </p>
            ))}
            {change.frozen.length > 0 && (
              <p className="small quiet">
                {t('import:boundary.frozen', { names: change.frozen.map(({ name }) => name).join(t('import:joint')) })}
              </p>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
