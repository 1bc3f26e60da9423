// The versions of a code scheme, newest first: when, who, why.
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.ts';
import { useSchemes } from '../state/schemes.ts';

export function SchemeVersions() {
  const { t } = useTranslation();
  const { date } = useFormat();
  const versions = useSchemes((editor) => editor.versions);
  return (
    <ol className="profile-versions">
      {versions.map(({ version, at, actor, note }) => (
        <li key={version} className="profile-version">
          <header>
            <strong>{t('profiles:versionNumber', { version })}</strong>
            <span className="small quiet">{date(at)}</span>
            <span className="small quiet">{actor === 'shipped' ? t('profiles:actorShipped') : actor}</span>
          </header>
          <p>{note === '' ? t('profiles:shippedNote') : note}</p>
        </li>
      ))}
    </ol>
  );
}
