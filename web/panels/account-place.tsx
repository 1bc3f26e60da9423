// The region of an account, by its name: shown, and chosen from what the installation knows.
import { Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { EVERYWHERE } from '../../core/accounts/reach.ts';
import { useAccounts } from '../state/accounts.ts';

/** Codes of provinces and cities, above what an installation may hold. */
const LENGTHS_ABOVE = [2, 4];

/** Says what a region is called; one that is not known keeps its code. */
export function usePlaceName(): (region: string) => string {
  const { t } = useTranslation();
  const places = useAccounts((accounts) => accounts.places);
  return useMemo(() => {
    const names = new Map(places.map(({ code, name }) => [code, name]));
    return (region) => (region === EVERYWHERE ? t('accounts:everywhere') : (names.get(region) ?? region));
  }, [places, t]);
}

export function PlaceSelect({ id, value, onChange }: { id?: string; value?: string; onChange?: (region: string) => void }) {
  const { t } = useTranslation();
  const places = useAccounts((accounts) => accounts.places);
  const options = useMemo(() => {
    const known = new Set(places.map(({ code }) => code));
    const above = new Set(places.flatMap(({ code }) => LENGTHS_ABOVE.map((length) => code.slice(0, length))));
    const unnamed = [...above].filter((code) => !known.has(code)).sort();
    return [
      { value: EVERYWHERE, label: t('accounts:everywhere') },
      ...unnamed.map((code) => ({ value: code, label: t('accounts:wholeLevel', { code }) })),
      ...places.map(({ code, name }) => ({ value: code, label: `${name} ${code}` })),
    ];
  }, [places, t]);
  return (
    <Select
      showSearch={{ optionFilterProp: 'label' }}
      {...(id !== undefined && { id })}
      aria-label={t('accounts:form.region')}
      value={value ?? null}
      options={options}
      onChange={(region: string) => onChange?.(region)}
    />
  );
}
