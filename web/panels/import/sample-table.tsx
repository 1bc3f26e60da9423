// The columns of a layer with some of their values; those about persons are struck through and show none.
import { useTranslation } from 'react-i18next';
import type { SourceLayer } from '../../../core/api/import-messages.ts';
import { PersonalNotice } from './personal-notice.tsx';
import './field-table.css';

const SHOWN = 6;

export function SampleTable({ layer, busy }: { layer: SourceLayer; busy: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <PersonalNotice layer={layer} />
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
              <tr key={name} className={personal === null ? '' : 'is-personal'}>
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
                    <span className="small">{t('import:personal.dropped', { what: t(`import:personal.${personal}`) })}</span>
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
