// The party branch or group of the grid.
import { useTranslation } from 'react-i18next';
import type { GridProperties } from '../../core/api/messages.ts';
import { useWorkspace } from '../state/store.ts';
import { TextField } from './text-field.tsx';

export function PartyField({ grid }: { grid: GridProperties }) {
  const { t } = useTranslation();
  const transact = useWorkspace((workspace) => workspace.transact);
  return (
    <section className="panel-section">
      <h3>{t('panels:grid.party')}</h3>
      <TextField
        label={t('panels:grid.party')}
        value={grid.party}
        maxLength={120}
        placeholder={t('panels:grid.partyPlaceholder')}
        onSave={(party) => void transact({ type: 'describe', grid: grid.id, set: { party } })}
      />
    </section>
  );
}
