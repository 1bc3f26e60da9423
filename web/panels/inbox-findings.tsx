// What the verification of a package found, by file and place, in words.
import { CheckCircleOutlined, ExclamationCircleFilled, InfoCircleOutlined, WarningFilled } from '@ant-design/icons';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { PackageFinding } from '../../core/api/messages.ts';
import { currentLanguage } from '../i18n/language.ts';

/** Places are written for machines; of these only “byte” is a word. */
const placeText = (t: TFunction, at: string): string => at.replace(/^byte (\d+)$/, (_, byte: string) => t('filing:inbox.byte', { byte }));

const MARKS = { error: <ExclamationCircleFilled />, warning: <WarningFilled />, note: <InfoCircleOutlined /> };

export function Findings({ findings }: { findings: readonly PackageFinding[] }) {
  const { t } = useTranslation();
  if (findings.length === 0)
    return (
      <p className="desk-section submit-sound" data-testid="findings">
        <span>
          <CheckCircleOutlined /> {t('filing:inbox.sound')}
        </span>
      </p>
    );
  const count = (severity: PackageFinding['severity']): number => findings.filter((finding) => finding.severity === severity).length;
  return (
    <section className="desk-section" data-testid="findings">
      <h3>
        {t('filing:inbox.findings')} · {t('filing:inbox.errors', { count: count('error') })} ·{' '}
        {t('filing:inbox.warnings', { count: count('warning') })} · {t('filing:inbox.notes', { count: count('note') })}
      </h3>
      <ul className="findings">
        {findings.map(({ severity, file, at, message, sentence, values }) => (
          <li key={`${message} ${file} ${at} ${JSON.stringify(values)}`} className={`check-row is-${severity}`}>
            <span className="check-mark" role="img" aria-label={t(`checks:severity.${severity}`)}>
              {MARKS[severity]}
            </span>
            <span className="finding-text">
              {sentence[currentLanguage()]}
              <span className="small quiet mono">
                {file ?? t('filing:inbox.wholePackage')}
                {at !== null && ` · ${placeText(t, at)}`}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
