// Whom the data of the plan have to be attributed to, as every map sheet says it.
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../state/store.ts';

/** Empty: nobody. */
export function useDataAttribution(): string {
  const { t } = useTranslation();
  const attribution = useWorkspace(({ plan }) => plan?.attributions.join(' · ') ?? '');
  return attribution === '' ? '' : t('tools:map.dataBy', { attribution });
}
