// All texts of the interface: one JSON file per topic and language beside this file, the topic is the namespace.
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Role } from '../../core/accounts/roles.ts';
import { departmentName } from '../../core/one-net/departments.ts';
import { currentLanguage, keepLanguage, type Language } from './language.ts';

type Texts = Record<string, unknown>;
const files = import.meta.glob<Texts>('./{zh,en}/*.json', { eager: true, import: 'default' });

const resources: Record<string, Record<string, Texts>> = {};
for (const [path, texts] of Object.entries(files)) {
  const [, language = '', topic = ''] = /^\.\/(\w+)\/([\w-]+)\.json$/.exec(path) ?? [];
  resources[language] = { ...resources[language], [topic]: texts };
}

await i18next.use(initReactI18next).init({
  lng: currentLanguage(),
  fallbackLng: 'zh',
  resources,
  defaultNS: 'shell',
  interpolation: { escapeValue: false },
});
wordRoles();
wordDepartments();
markPage(currentLanguage());

/** `{{roles, roles}}` in a text: ids of roles, in words. */
function wordRoles(): void {
  i18next.services.formatter?.add('roles', (ids: readonly string[], language = 'zh') => {
    const names = ids.map((id) => i18next.t(`lifecycle:role.${id}`, { lng: language }));
    return names.join(language === 'en' ? ', ' : '、');
  });
}

/** `{{department, department}}` in a text: id of a department, or what it is called, in words. */
function wordDepartments(): void {
  i18next.services.formatter?.add('department', (id: string, language = 'zh') => departmentName(id, language === 'en' ? 'en' : 'zh'));
}

/** The roles of whoever is signed in, which texts may name as `roles`. */
export function nameOwnRoles(roles: readonly Role[]): void {
  i18next.options.interpolation = { ...i18next.options.interpolation, defaultVariables: { roles } };
}

/** Switches the interface and remembers it. */
export async function chooseLanguage(language: Language): Promise<void> {
  keepLanguage(language);
  markPage(language);
  await i18next.changeLanguage(language);
}

function markPage(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = language === 'zh' ? '一张网 OneGrid' : 'OneGrid';
}
