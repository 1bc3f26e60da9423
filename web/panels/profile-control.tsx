// The control of one field of the rules, by the kind that the schema gives it.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, InputNumber, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ProfileField } from './profile-fields.ts';
import { MeasureControl } from './profile-measure.tsx';
import { StepsControl } from './profile-steps.tsx';
import { useProfileTexts } from './profile-texts.ts';

const PERCENT = 100;

export interface ControlProps {
  field: ProfileField;
  value: unknown;
  label: string;
  invalid: boolean;
  onChange: (value: unknown) => void;
}

export function ProfileControl(props: ControlProps) {
  switch (props.field.kind) {
    case 'measure':
      return <MeasureControl {...props} />;
    case 'number':
      return <NumberControl {...props} scale={1} />;
    case 'share':
      return <NumberControl {...props} scale={PERCENT} />;
    case 'flag':
      return <FlagControl {...props} />;
    case 'choice':
      return <ChoiceControl {...props} />;
    case 'choices':
      return <ChoicesControl {...props} />;
    case 'words':
      return <WordsControl {...props} />;
    case 'text':
      return <TextControl {...props} />;
    case 'steps':
      return <StepsControl {...props} />;
    case 'texts':
      return <TextsControl {...props} />;
    default:
      return (
        <Input
          aria-label={props.label}
          status={props.invalid ? 'error' : ''}
          value={String(props.value ?? '')}
          onChange={(event) => props.onChange(event.target.value)}
        />
      );
  }
}

/** Shares are written as per cent. */
function NumberControl({ field, value, label, invalid, onChange, scale }: ControlProps & { scale: number }) {
  const { t } = useTranslation();
  const texts = useProfileTexts();
  const unit = scale === PERCENT ? '%' : texts.unit(field.path);
  return (
    <div className="profile-measure">
      <InputNumber<number>
        aria-label={label}
        controls={false}
        status={invalid ? 'error' : ''}
        placeholder={field.nullable ? t('profiles:value.unchecked') : ''}
        value={typeof value === 'number' ? Math.round(value * scale * PERCENT) / PERCENT : null}
        onChange={(entered) => onChange(entered === null ? null : entered / scale)}
      />
      {unit !== '' && <span>{unit}</span>}
      {field.nullable && value === null && <span className="small quiet">{t('profiles:value.uncheckedMeaning')}</span>}
    </div>
  );
}

function FlagControl({ value, label, onChange }: ControlProps) {
  return (
    <Checkbox checked={value === true} onChange={(event) => onChange(event.target.checked)}>
      {label}
    </Checkbox>
  );
}

function ChoiceControl({ field, value, label, onChange }: ControlProps) {
  const texts = useProfileTexts();
  return (
    <Segmented
      aria-label={label}
      size="small"
      value={String(value)}
      options={field.choices.map((choice) => ({
        value: choice,
        label: <span className={`is-${choice}`}>{texts.choice(field.path, choice)}</span>,
      }))}
      onChange={onChange}
    />
  );
}

function ChoicesControl({ field, value, label, invalid, onChange }: ControlProps) {
  const texts = useProfileTexts();
  return (
    <Select
      mode="multiple"
      aria-label={label}
      status={invalid ? 'error' : ''}
      value={value as string[]}
      options={field.choices.map((choice) => ({ value: choice, label: texts.choice(field.path, choice) }))}
      onChange={onChange}
    />
  );
}

function WordsControl({ value, label, invalid, onChange }: ControlProps) {
  const { t } = useTranslation();
  return (
    <Select
      mode="tags"
      aria-label={label}
      status={invalid ? 'error' : ''}
      placeholder={t('profiles:wordsPlaceholder')}
      suffixIcon={null}
      open={false}
      value={value as string[]}
      onChange={onChange}
    />
  );
}

type Text = { zh: string; en: string };
const LANGUAGES = ['zh', 'en'] as const;

function TextControl({ value, label, invalid, onChange }: ControlProps) {
  const { t } = useTranslation();
  const text = value as Text;
  return (
    <div className="profile-text">
      {LANGUAGES.map((language) => (
        <Input.TextArea
          key={language}
          aria-label={`${label} ${t(`profiles:language.${language}`)}`}
          autoSize
          placeholder={t(`profiles:language.${language}`)}
          status={invalid && text[language].trim() === '' ? 'error' : ''}
          value={text[language]}
          onChange={(event) => onChange({ ...text, [language]: event.target.value })}
        />
      ))}
    </div>
  );
}

function TextsControl(props: ControlProps) {
  const { t } = useTranslation();
  const { value, label, onChange } = props;
  const texts = value as Text[];
  return (
    <ol className="profile-texts">
      {texts.map((text, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: readings have no name but their place
        <li key={index}>
          <TextControl
            {...props}
            label={`${label} ${index + 1}`}
            value={text}
            onChange={(changed) => onChange(texts.with(index, changed as Text))}
          />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('profiles:removeText', { number: index + 1 })}
            onClick={() => onChange(texts.toSpliced(index, 1))}
          />
        </li>
      ))}
      <Button size="small" icon={<PlusOutlined />} onClick={() => onChange([...texts, { zh: '', en: '' }])}>
        {t('profiles:addText')}
      </Button>
    </ol>
  );
}
