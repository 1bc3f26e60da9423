// The segments of a code scheme as rows, in the order in which they stand in the code; why the draft cannot stand is said below them.
import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Dropdown, Input, InputNumber } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Scheme, Segment } from '../../core/codes/scheme.ts';
import { type SchemeRefusal, schemeRefusals } from '../../core/codes/scheme-refusal.ts';
import { useSchemes } from '../state/schemes.ts';
import { SegmentControl } from './scheme-segment.tsx';

export function SchemeForm() {
  const { t } = useTranslation();
  const content = useSchemes((editor) => editor.content);
  const edit = useSchemes((editor) => editor.edit);
  const refusals = useMemo(() => schemeRefusals(content), [content]);
  if (content === null) return null;
  const put = (segments: Segment[]): void => edit({ ...content, segments });
  return (
    <>
      <section className="profile-section">
        <header>
          <h3>{t('schemes:segments')}</h3>
          <AddSegment onAdd={(segment) => put([...content.segments, segment])} />
        </header>
        <ol className="scheme-segments">
          {content.segments.map((segment, index) => (
            <SegmentRow
              // biome-ignore lint/suspicious/noArrayIndexKey: segments have no name but their place
              key={index}
              segment={segment}
              index={index}
              last={content.segments.length - 1}
              refusals={refusals.filter(({ path }) => path[0] === 'segments' && path[1] === index)}
              onChange={(changed) => put(content.segments.with(index, changed))}
              onMove={(by) => put(moved(content.segments, index, by))}
              onRemove={() => put(content.segments.toSpliced(index, 1))}
            />
          ))}
        </ol>
        <Refusals refusals={refusals.filter(({ path }) => path[1] === undefined || path[0] !== 'segments')} />
      </section>
      <Order content={content} onChange={edit} />
    </>
  );
}

const moved = (segments: readonly Segment[], index: number, by: number): Segment[] => {
  const segment = segments[index];
  return segment === undefined ? [...segments] : segments.toSpliced(index, 1).toSpliced(index + by, 0, segment);
};

interface RowProps {
  segment: Segment;
  index: number;
  last: number;
  refusals: readonly SchemeRefusal[];
  onChange: (segment: Segment) => void;
  onMove: (by: number) => void;
  onRemove: () => void;
}

function SegmentRow({ segment, index, last, refusals, onChange, onMove, onRemove }: RowProps) {
  const { t } = useTranslation();
  const name = t(`schemes:source.${segment.source}`);
  return (
    <li data-segment={segment.source}>
      <strong>{name}</strong>
      <div className="scheme-control">
        <SegmentControl segment={segment} onChange={onChange} />
        <Refusals refusals={refusals} />
      </div>
      <Meaning segment={segment} onChange={onChange} />
      <span className="scheme-move">
        <Button
          type="text"
          size="small"
          icon={<ArrowUpOutlined />}
          {...(index === 0 && { disabled: true })}
          aria-label={t('schemes:up', { name })}
          onClick={() => onMove(-1)}
        />
        <Button
          type="text"
          size="small"
          icon={<ArrowDownOutlined />}
          {...(index === last && { disabled: true })}
          aria-label={t('schemes:down', { name })}
          onClick={() => onMove(1)}
        />
        <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('schemes:remove', { name })} onClick={onRemove} />
      </span>
    </li>
  );
}

function Meaning({ segment, onChange }: { segment: Segment; onChange: (segment: Segment) => void }) {
  const { t } = useTranslation();
  return (
    <span className="scheme-meaning">
      {(['zh', 'en'] as const).map((language) => (
        <Input
          key={language}
          size="small"
          aria-label={`${t('schemes:meaning')} ${t(`profiles:language.${language}`)}`}
          value={segment.meaning[language]}
          onChange={({ target }) => onChange({ ...segment, meaning: { ...segment.meaning, [language]: target.value } })}
        />
      ))}
    </span>
  );
}

function Refusals({ refusals }: { refusals: readonly SchemeRefusal[] }) {
  const { t, i18n } = useTranslation();
  const sentence = ({ reason, values }: SchemeRefusal): string =>
    i18n.exists(`schemes:refusal.${reason}`) ? t(`schemes:refusal.${reason}`) : t(`profiles:refusal.${reason}`, values);
  return [...new Set(refusals.map(sentence))].map((text) => (
    <p key={text} className="small profile-refusal" role="alert">
      {text}
    </p>
  ));
}

/** What can be put in besides; where it stands in the code is decided by moving it. */
const NEW_SEGMENTS: readonly Segment[] = [
  { source: 'county', from: 0, to: 6, meaning: { zh: '县级行政区划代码', en: 'county' } },
  { source: 'town', from: 6, to: 9, meaning: { zh: '乡镇、街道代码', en: 'town or street' } },
  { source: 'community', from: 9, to: 12, meaning: { zh: '村、社区代码', en: 'village or community' } },
  { source: 'literal', value: '1', meaning: { zh: '固定字符', en: 'fixed' } },
  {
    source: 'type',
    values: { urban: '1', rural: '2', dedicated: '3', thematic: '4' },
    meaning: { zh: '网格类型', en: 'kind of grid' },
  },
  { source: 'sequence', width: 3, reserved: [], meaning: { zh: '网格顺序号', en: 'grid number' } },
  { source: 'cell', width: 2, always: false, meaning: { zh: '单元格顺序号', en: 'cell number' } },
  { source: 'check', algorithm: 'mod11-10', meaning: { zh: '校验码', en: 'check character' } },
];

function AddSegment({ onAdd }: { onAdd: (segment: Segment) => void }) {
  const { t } = useTranslation();
  const add = (key: string): void => {
    const segment = NEW_SEGMENTS.find(({ source }) => source === key);
    if (segment !== undefined) onAdd(segment);
  };
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: NEW_SEGMENTS.map(({ source }) => ({ key: source, label: t(`schemes:source.${source}`) })),
        onClick: ({ key }) => add(key),
      }}
    >
      <Button size="small" icon={<PlusOutlined />}>
        {t('schemes:add')}
      </Button>
    </Dropdown>
  );
}

function Order({ content, onChange }: { content: Scheme; onChange: (content: Scheme) => void }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const label = t('schemes:tolerance');
  return (
    <section className="profile-section">
      <header>
        <h3>{t('schemes:order')}</h3>
      </header>
      <p className="scheme-order">
        {label}
        <InputNumber<number>
          aria-label={label}
          controls={false}
          value={content.order.rowToleranceMetres}
          onChange={(metres) => onChange({ ...content, order: { ...content.order, rowToleranceMetres: metres ?? Number.NaN } })}
        />
        {t('schemes:metres')}
      </p>
      <ul className="readings">
        {content.readings.map((reading) => (
          <li key={reading.zh} className="small quiet">
            {reading[language]}
          </li>
        ))}
      </ul>
    </section>
  );
}
