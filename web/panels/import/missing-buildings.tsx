// Buildings that are stored and that the list does not have: whether they go with the import, and what became of them.
import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ImportReport } from '../../../core/api/import-messages.ts';
import { useFormat } from '../../i18n/format.ts';
import { useImport } from '../../state/import-store.ts';

export function MissingBuildings({ missing, ended }: { missing: NonNullable<ImportReport['missingBuildings']>; ended: boolean }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const removeMissing = useImport((store) => store.decisions.removeMissing ?? false);
  const decide = useImport((store) => store.decide);
  const values = { buildings: count(missing.buildings), households: count(missing.households) };
  if (ended) return <p>{t(missing.removed ? 'import:missingBuildings.removed' : 'import:missingBuildings.kept', values)}</p>;
  return (
    <div className="import-option">
      <p>{t('import:missingBuildings.notListed', values)}</p>
      <Checkbox checked={removeMissing} onChange={({ target }) => decide({ removeMissing: target.checked })}>
        {t('import:missingBuildings.remove')}
      </Checkbox>
      <p className="small quiet">{t('import:missingBuildings.hint')}</p>
    </div>
  );
}
