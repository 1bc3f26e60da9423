// A newer table of region codes beside the regions stored, with what people decide about it in this import.
import { useTranslation } from 'react-i18next';
import type { RegionChange } from '../../../core/api/import-messages.ts';
import { useImport } from '../../state/import-store.ts';
import { RegionChangesTable } from '../region-changes.tsx';

export function RegionChanges({ changes }: { changes: readonly RegionChange[] }) {
  const { t } = useTranslation();
  const successors = useImport((store) => store.decisions.successors);
  const decide = useImport((store) => store.decide);
  return (
    <>
      <p className="small quiet">{t('import:region.hint')}</p>
      <RegionChangesTable changes={changes} successors={successors} onDecide={(decided) => decide({ successors: decided })} />
    </>
  );
}
