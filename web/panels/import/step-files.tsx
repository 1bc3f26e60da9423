// First step: the files, each with what is in it, or what is wrong with it and how to mend that.
import { CheckCircleFilled, CloseOutlined, ExclamationCircleFilled, LoadingOutlined } from '@ant-design/icons';
import { Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ImportSource } from '../../../core/api/import-messages.ts';
import { IMPORT_KINDS } from '../../../core/import/findings.ts';
import { sizeText, useFormat } from '../../i18n/format.ts';
import type { Sending } from '../../state/import.ts';
import { layerOf } from '../../state/import-steps.ts';
import { useImport } from '../../state/import-store.ts';
import { DropZone } from './drop-zone.tsx';
import { ImportProblem } from './import-problem.tsx';
import { missingText } from './missing-text.ts';
import './step-files.css';

export function StepFiles() {
  const sources = useImport((store) => store.status?.sources);
  const sending = useImport((store) => store.sending);
  const none = (sources?.length ?? 0) + sending.length === 0;
  return (
    <div className="import-column">
      <DropZone large={none} />
      {none ? (
        <WhatToBring />
      ) : (
        <ul className="import-files" data-testid="import-files">
          {sources?.map((source) => (
            <SourceRow key={source.id} source={source} />
          ))}
          {sending.map((one) => (
            <SendingRow key={one.key} sending={one} />
          ))}
        </ul>
      )}
    </div>
  );
}

function WhatToBring() {
  const { t } = useTranslation();
  return (
    <section className="what-to-bring">
      <h3>{t('import:bring')}</h3>
      <dl>
        {IMPORT_KINDS.map((kind) => (
          <div key={kind}>
            <dt>{t(`import:kind.${kind}.name`)}</dt>
            <dd className="small quiet">{t(`import:kind.${kind}.holds`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function SendingRow({ sending: { key, name, bytes, share, problem } }: { sending: Sending }) {
  const { t } = useTranslation();
  const { decimal } = useFormat();
  const forget = useImport((store) => store.forgetSending);
  return (
    <li className={`import-file${problem === null ? '' : ' is-bad'}`}>
      {problem === null ? <LoadingOutlined className="file-mark" /> : <ExclamationCircleFilled className="file-mark" />}
      <div>
        <strong className="clip">{name}</strong> <span className="small quiet">{sizeText(bytes, decimal)}</span>
        {problem === null ? (
          <>
            <Progress percent={Math.round((share ?? 0) * 100)} size="small" showInfo={false} />
            <span className="small quiet">{t(`import:sending.${share === null ? 'waiting' : share < 1 ? 'sending' : 'looking'}`)}</span>
          </>
        ) : (
          <ImportProblem problem={problem} />
        )}
      </div>
      {problem !== null && (
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined />}
          aria-label={t('import:removeFile', { name })}
          onClick={() => forget(key)}
        />
      )}
    </li>
  );
}

function SourceRow({ source }: { source: ImportSource }) {
  const { t } = useTranslation();
  const { count, decimal } = useFormat();
  const remove = useImport((store) => store.remove);
  const layer = layerOf(source);
  const facts = [
    source.format === null ? null : t(`import:format.${source.format}`),
    sizeText(source.bytes, decimal),
    source.layers.length > 1 ? t('import:layers', { count: source.layers.length }) : null,
    layer === null ? null : t(layer.geometry === 'none' ? 'import:rows' : 'import:features', { value: count(layer.features) }),
    layer === null ? null : t(`import:geometry.${layer.geometry}`),
  ].filter((fact) => fact !== null);
  return (
    <li className={`import-file${source.problem === null ? '' : ' is-bad'}`} data-testid="import-file">
      {source.problem === null ? <CheckCircleFilled className="file-mark" /> : <ExclamationCircleFilled className="file-mark" />}
      <div>
        <p className="file-line">
          <strong className="clip" title={source.name}>
            {source.name}
          </strong>
          {source.choice.kind !== null && <span className="kind-tag">{t(`import:kind.${source.choice.kind}.name`)}</span>}
        </p>
        <p className="small quiet">{facts.join(' · ')}</p>
        {source.problem !== null && <ImportProblem problem={source.problem} />}
        {source.problem !== null && <p className="small quiet">{t('import:unusableTodo')}</p>}
        {source.problem === null && source.missing.length > 0 && (
          <p className="small import-wanting">{t('import:still', { what: missingText(t, source).join(t('import:joint')) })}</p>
        )}
      </div>
      <Button
        type="text"
        size="small"
        icon={<CloseOutlined />}
        aria-label={t('import:removeFile', { name: source.name })}
        title={t('import:removeFile', { name: source.name })}
        onClick={() => void remove(source.id)}
      />
    </li>
  );
}
