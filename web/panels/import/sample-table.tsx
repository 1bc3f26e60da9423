// The columns of a layer with some of their values; those about persons are struck through and show none.
import { useTranslation } from 'react-i18next';
import type { SourceChoice, SourceLayer } from '../../../core/api/import-messages.ts';
import { PersonalNotice } from './personal-notice.tsx';
import './field-table.css';

const SHOWN = 6;

export function SampleTable({ layer, fields, busy }: { layer: SourceLayer; fields: SourceChoice['fields']; busy: boolean }) {
  const { t } = useTranslation();
  const taken = new Set(Object.values(fields));
  return (
    <>
      <PersonalNotice layer={layer} fields={fields} />
      <div className={`sample-table${busy ? ' is-busy' : ''}`} data-testid="samples">
        <table>
          <thead>
            <tr>
              <th>{t('import:sample.column')}</th>
              <th>{t('import:sample.type')}</th>
              <th>{t('import:sample.values')}</th>
            </tr>
          </thead>
          <tbody>
            {layer.fields.map(({ name, type, samples, personal }) => (
              <tr key={name} className={personal === null || taken.has(name) ? '' : 'is-personal'}>
                <th>{name}</th>
                <td className="small quiet">{t(`import:type.${type}`)}</td>
                <td>
                  {personal === null ? (
                    samples.slice(0, SHOWN).map((sample) => (
                      <span key={sample} className="sample">
                        {sample}
                      </span>
                    ))
                  ) : (
                    <span className="small">
                      {t(taken.has(name) ? 'import:personal.kept' : 'import:personal.dropped', { what: t(`import:personal.${personal}`) })}
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
