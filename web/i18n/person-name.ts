// What a person is called on this screen: by the name given, otherwise by a number.
import type { TFunction } from 'i18next';
import type { Person } from '../../core/api/messages.ts';

export const personName = (t: TFunction, { name, number }: Pick<Person, 'name' | 'number'>): string =>
  name === '' ? t('shell:presence.unnamed', { number }) : name;
