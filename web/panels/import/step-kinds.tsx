// Second step: what each file is, which of its layers, how its texts are read, and what its kind asks for besides.
import { Radio, Select, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ImportKind, ImportSource, SourceLayer } from '../../../core/api/import-messages.ts';
import { IMPORT_KINDS } from '../../../core/import/findings.ts';
import { useFormat } from '../../i18n/format.ts';
import { layerOf } from '../../state/import-steps.ts';
import { useImport } from '../../state/import-store.ts';
import { SampleTable } from './sample-table.tsx';
import { SourceList, useSourceInHand } from './source-list.tsx';
import { SourceSettings } from './source-settings.tsx';

const ENCODINGS = ['UTF-8', 'GBK', 'GB18030', 'Big5'] as const;
const AUTOMATIC = '';

export function StepKinds() {
  const { sources, source } = useSourceInHand(() => true);
  if (source === null) return null;
  return (
    <div className="import-pair">
      <SourceList step="kinds" sources={sources} source={source} />
      <KindForm key={source.id} source={source} />
    </div>
  );
}

function KindForm({ source }: { source: ImportSource }) {
  const { t } = useTranslation();
  const choose = useImport((store) => store.choose);
  const recalled = useImport((store) => store.recalled.has(source.id));
  const rereading = useImport((store) => store.rereading.has(source.id));
  const layer = layerOf(source);
  return (
    <div className="import-column" aria-busy={rereading}>
      <section>
        <h3>{t('import:kinds.what', { file: source.name })}</h3>
        {source.choice.kind !== null && <p className="small quiet">{t(recalled ? 'import:kinds.recalled' : 'import:kinds.guessed')}</p>}
        <Radio.Group
          className="kind-choice"
          value={source.choice.kind}
          disabled={rereading}
          onChange={({ target }) => void choose(source.id, () => ({ kind: target.value as ImportKind }))}
        >
          {IMPORT_KINDS.map((kind) => (
            <Radio key={kind} value={kind}>
              <strong>{t(`import:kind.${kind}.name`)}</strong>
              <span className="small quiet">{t(`import:kind.${kind}.holds`)}</span>
            </Radio>
          ))}
        </Radio.Group>
      </section>
      <SourceSettings source={source} />
      {source.layers.length > 1 && <LayerChoice source={source} />}
      {layer !== null && (
        <section>
          <h3>{t('import:kinds.content')}</h3>
          {layer.encoding !== null && <EncodingChoice source={source} encoding={layer.encoding} />}
          <SampleTable layer={layer} fields={source.choice.fields} busy={rereading} />
        </section>
      )}
    </div>
  );
}

function LayerChoice({ source }: { source: ImportSource }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const choose = useImport((store) => store.choose);
  return (
    <section>
      <h3>{t('import:kinds.layer')}</h3>
      <Select
        className="wide-select"
        aria-label={t('import:kinds.layer')}
        value={source.choice.layer}
        placeholder={t('import:kinds.layerOpen')}
        options={source.layers.map(({ name, features, geometry }) => ({
          value: name,
          label: `${name} · ${t(geometry === 'none' ? 'import:rows' : 'import:features', { value: count(features) })} · ${t(`import:geometry.${geometry}`)}`,
        }))}
        onChange={(layer: string) => void choose(source.id, () => ({ layer }))}
      />
      <p className="small quiet">{t('import:kinds.layerHint')}</p>
    </section>
  );
}

function EncodingChoice({ source, encoding }: { source: ImportSource; encoding: NonNullable<SourceLayer['encoding']> }) {
  const { t } = useTranslation();
  const choose = useImport((store) => store.choose);
  const rereading = useImport((store) => store.rereading.has(source.id));
  const chosen = source.choice.encoding;
  return (
    <p className="encoding-line">
      {t('import:encoding.label')}
      <Select
        aria-label={t('import:encoding.label')}
        className="encoding-select"
        popupMatchSelectWidth={false}
        value={chosen ?? AUTOMATIC}
        loading={rereading}
        options={[
          {
            value: AUTOMATIC,
            label: chosen === null ? t('import:encoding.automatic', { name: encoding.name }) : t('import:encoding.guess'),
          },
          ...ENCODINGS.map((name) => ({ value: name, label: name })),
        ]}
        onChange={(name: string) => void choose(source.id, () => ({ encoding: name === AUTOMATIC ? null : name }))}
      />
      <Tag>{t(`import:encoding.by.${encoding.decidedBy}`)}</Tag>
      <span className="small quiet">{t('import:encoding.hint')}</span>
    </p>
  );
}
