// Fourth step: which column of the file is which of our fields, with values beside it.
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ImportKind, ImportSource, SourceField, SourceLayer } from '../../../core/api/import-messages.ts';
import { type OurField, ourFields } from '../../../core/import/fields/our-fields.ts';
import { layerOf, needsOf } from '../../state/import-steps.ts';
import { useImport } from '../../state/import-store.ts';
import './field-table.css';
import { SourceList, useSourceInHand } from './source-list.tsx';

const SHOWN_SAMPLES = 4;
const LABEL_SAMPLES = 2;

export function StepFields() {
  const { sources, source } = useSourceInHand(({ choice: { kind } }) => kind !== null);
  if (source === null || source.choice.kind === null) return null;
  return (
    <div className="import-pair">
      <SourceList step="fields" sources={sources} source={source} />
      <FieldTable key={source.id} source={source} kind={source.choice.kind} />
    </div>
  );
}

function FieldTable({ source, kind }: { source: ImportSource; kind: ImportKind }) {
  const { t } = useTranslation();
  const layer = layerOf(source);
  const recalled = useImport((store) => store.recalled.has(source.id));
  const rereading = useImport((store) => store.rereading.has(source.id));
  if (layer === null) return null;
  const missing = new Set(needsOf(source, 'fields').map((need) => need.replace('field:', '')));
  const used = new Set(Object.values(source.choice.fields));
  const unused = layer.fields.filter(({ name, personal }) => personal === null && !used.has(name));
  const personal = layer.fields.filter((field) => field.personal !== null && !used.has(field.name));
  return (
    <div className="import-column" aria-busy={rereading}>
      <section>
        <h3>{t('import:fields.title', { file: source.name })}</h3>
        <p className="small quiet">{t(recalled ? 'import:fields.recalled' : 'import:fields.guessed')}</p>
      </section>
      <table className="field-table">
        <thead>
          <tr>
            <th>{t('import:fields.ours')}</th>
            <th>{t('import:fields.theirs')}</th>
            <th>{t('import:sample.values')}</th>
          </tr>
        </thead>
        <tbody>
          {ourFields[kind].map((field) => (
            <FieldRow key={field.name} field={field} source={source} layer={layer} missing={missing.has(field.name)} />
          ))}
        </tbody>
      </table>
      {unused.length > 0 && (
        <p className="small quiet">{t('import:fields.unused', { columns: unused.map(({ name }) => name).join(t('import:joint')) })}</p>
      )}
      {personal.length > 0 && (
        <p className="small" data-testid="personal-columns">
          {t('import:personal.columns')}{' '}
          {personal.map((field) => (
            <s key={field.name} className="personal-column">
              {field.name}
            </s>
          ))}
        </p>
      )}
    </div>
  );
}

interface RowProps {
  field: OurField;
  source: ImportSource;
  layer: SourceLayer;
  missing: boolean;
}

function FieldRow({ field, source, layer, missing }: RowProps) {
  const { t, i18n } = useTranslation();
  const choose = useImport((store) => store.choose);
  const label = field.label[i18n.language === 'en' ? 'en' : 'zh'];
  const theirs = source.choice.fields[field.name];
  const required = field.required === 'always' || (field.required === 'without-geometry' && layer.geometry === 'none');
  const { samples = [] } = layer.fields.find(({ name }) => name === theirs) ?? {};
  const map = (name: string | undefined): void => {
    void choose(source.id, ({ fields: { [field.name]: _, ...others } }) => ({
      fields: name === undefined ? others : { ...others, [field.name]: name },
    }));
  };
  return (
    <tr className={missing ? 'is-missing' : ''} data-field={field.name}>
      <th>
        {label}
        {required && <span className="required-mark">{t('import:fields.required')}</span>}
      </th>
      <td>
        <Select
          className="wide-select"
          aria-label={label}
          status={missing ? 'warning' : ''}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          popupMatchSelectWidth={false}
          value={theirs ?? null}
          placeholder={t(missing ? 'import:fields.choose' : 'import:fields.none')}
          options={layer.fields.map((one) => optionOf(one, source.choice.kind, t('import:personal.option')))}
          onChange={map}
        />
      </td>
      <td>
        {samples.slice(0, SHOWN_SAMPLES).map((sample) => (
          <span key={sample} className="sample">
            {sample}
          </span>
        ))}
      </td>
    </tr>
  );
}

/** Columns about persons cannot be taken; those of grid workers are what a staff list is for. */
function optionOf({ name, samples, personal }: SourceField, kind: ImportKind | null, note: string) {
  const barred = personal !== null && (kind !== 'staff' || personal === 'id-number');
  const values = samples.slice(0, LABEL_SAMPLES).join(' · ');
  return { value: name, label: barred ? `${name} (${note})` : values === '' ? name : `${name} — ${values}`, disabled: barred };
}
