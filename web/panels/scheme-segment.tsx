// The control of one segment of a code scheme, by its source.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CheckAlgorithm, Segment, SequenceSegment } from '../../core/codes/scheme.ts';
import type { GridKind } from '../../core/plan/state.ts';

interface Props<S extends Segment> {
  segment: S;
  onChange: (segment: Segment) => void;
}
type Of<Source extends Segment['source']> = Extract<Segment, { source: Source }>;

const KINDS: readonly GridKind[] = ['urban', 'rural', 'dedicated', 'thematic'];

export function SegmentControl({ segment, onChange }: Props<Segment>) {
  switch (segment.source) {
    case 'literal':
      return <LiteralControl {...{ segment, onChange }} />;
    case 'type':
      return <KindControl {...{ segment, onChange }} />;
    case 'sequence':
      return <SequenceControl {...{ segment, onChange }} />;
    case 'cell':
      return <CellControl {...{ segment, onChange }} />;
    case 'check':
      return <CheckControl {...{ segment, onChange }} />;
    default:
      return <DigitsControl {...{ segment, onChange }} />;
  }
}

function Whole({ label, value, onChange }: { label: string; value: number; onChange: (value: number) => void }) {
  return (
    <InputNumber<number>
      className="scheme-number"
      size="small"
      controls={false}
      aria-label={label}
      value={Number.isNaN(value) ? null : value}
      onChange={(entered) => onChange(entered ?? Number.NaN)}
    />
  );
}

/** Digits of the community code, counted from 1 as people count. */
function DigitsControl({ segment, onChange }: Props<Of<'county' | 'town' | 'community'>>) {
  const { t } = useTranslation();
  return (
    <span className="scheme-line">
      {t('schemes:digits')}
      <Whole label={t('schemes:digitFrom')} value={segment.from + 1} onChange={(from) => onChange({ ...segment, from: from - 1 })} />–
      <Whole label={t('schemes:digitTo')} value={segment.to} onChange={(to) => onChange({ ...segment, to })} />
      {t('schemes:digitsEnd')}
    </span>
  );
}

function LiteralControl({ segment, onChange }: Props<Of<'literal'>>) {
  const { t } = useTranslation();
  return (
    <Input
      className="scheme-word mono"
      size="small"
      aria-label={t('schemes:source.literal')}
      value={segment.value}
      onChange={({ target }) => onChange({ ...segment, value: target.value.toUpperCase() })}
    />
  );
}

function KindControl({ segment, onChange }: Props<Of<'type'>>) {
  const { t } = useTranslation();
  return (
    <span className="scheme-line">
      {KINDS.map((kind) => (
        <span key={kind} className="scheme-kind">
          {t(`panels:kind.${kind}`)}
          <Input
            className="scheme-word mono"
            size="small"
            aria-label={t(`panels:kind.${kind}`)}
            value={segment.values[kind]}
            onChange={({ target }) => onChange({ ...segment, values: { ...segment.values, [kind]: target.value.toUpperCase() } })}
          />
        </span>
      ))}
    </span>
  );
}

function SequenceControl({ segment, onChange }: Props<SequenceSegment>) {
  const { t } = useTranslation();
  const { width, reserved } = segment;
  const put = (ranges: SequenceSegment['reserved']): void => onChange({ ...segment, reserved: ranges });
  const largest = 10 ** width - 1;
  return (
    <>
      <span className="scheme-line">
        <Whole label={t('schemes:width')} value={width} onChange={(wide) => onChange({ ...segment, width: wide })} />
        {t('schemes:widthEnd')}
      </span>
      {reserved.map((range, index) => (
        <Reserved
          // biome-ignore lint/suspicious/noArrayIndexKey: ranges have no name but their place
          key={index}
          range={range}
          onChange={(changed) => put(reserved.with(index, changed))}
          onRemove={() => put(reserved.toSpliced(index, 1))}
        />
      ))}
      <Button
        size="small"
        type="dashed"
        icon={<PlusOutlined />}
        onClick={() => put([...reserved, { from: largest, to: largest, meaning: { zh: '保留', en: 'reserved' } }])}
      >
        {t('schemes:reserve')}
      </Button>
    </>
  );
}

type ReservedRange = SequenceSegment['reserved'][number];
const NOBODY = 'none';

function Reserved({ range, onChange, onRemove }: { range: ReservedRange; onChange: (range: ReservedRange) => void; onRemove: () => void }) {
  const { t } = useTranslation();
  const { for: _, ...rest } = range;
  return (
    <span className="scheme-line">
      {t('schemes:reserved')}
      <Whole label={t('schemes:reservedFrom')} value={range.from} onChange={(from) => onChange({ ...range, from })} />–
      <Whole label={t('schemes:reservedTo')} value={range.to} onChange={(to) => onChange({ ...range, to })} />
      <Select
        size="small"
        aria-label={t('schemes:reservedFor')}
        popupMatchSelectWidth={false}
        value={range.for ?? NOBODY}
        options={[
          { value: NOBODY, label: t('schemes:forNobody') },
          ...KINDS.map((kind) => ({ value: kind, label: t('schemes:forKind', { kind: t(`panels:kind.${kind}`) }) })),
        ]}
        onChange={(kind: GridKind | typeof NOBODY) => onChange(kind === NOBODY ? rest : { ...rest, for: kind })}
      />
      <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('schemes:unreserve')} onClick={onRemove} />
    </span>
  );
}

function CellControl({ segment, onChange }: Props<Of<'cell'>>) {
  const { t } = useTranslation();
  return (
    <span className="scheme-line">
      <Whole label={t('schemes:width')} value={segment.width} onChange={(width) => onChange({ ...segment, width })} />
      {t('schemes:widthEnd')}
      <Checkbox checked={segment.always} onChange={({ target }) => onChange({ ...segment, always: target.checked })}>
        {t('schemes:cellAlways')}
      </Checkbox>
    </span>
  );
}

const ALGORITHMS: readonly CheckAlgorithm[] = ['mod11-10', 'mod37-36'];

function CheckControl({ segment, onChange }: Props<Of<'check'>>) {
  const { t } = useTranslation();
  return (
    <Select
      size="small"
      aria-label={t('schemes:source.check')}
      popupMatchSelectWidth={false}
      value={segment.algorithm}
      options={ALGORITHMS.map((value) => ({ value, label: t(`schemes:algorithm.${value}`) }))}
      onChange={(algorithm: CheckAlgorithm) => onChange({ ...segment, algorithm })}
    />
  );
}
