// The draft of the rules, laid out as the schema has it: sections, fields with units, why an entry cannot stand, what was there before.
import { UndoOutlined } from '@ant-design/icons';
import { Button, Checkbox } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProfileContent } from '../../core/rules/profile.ts';
import { type ProfileRefusal, profileRefusals } from '../../core/rules/profile-refusal.ts';
import type { CheckId } from '../../core/rules/rule.ts';
import { useProfileEditor } from '../state/profile-editor-store.ts';
import { ProfileControl } from './profile-control.tsx';
import { differences, emptyValue, type ProfileField, profileFields, valueAt, weightOf, withValue } from './profile-fields.ts';
import { useProfileTexts } from './profile-texts.ts';

interface FieldProps {
  field: ProfileField;
  content: ProfileContent;
  /** The newest version, which the draft is compared with. */
  base: ProfileContent;
  refusals: readonly ProfileRefusal[];
}

export function ProfileForm() {
  const content = useProfileEditor((editor) => editor.content);
  const base = useProfileEditor((editor) => editor.newest?.content ?? null);
  const refusals = useMemo(() => profileRefusals(content), [content]);
  if (content === null || base === null) return null;
  return (
    <div className="profile-form">
      <section className="profile-section">
        {profileFields
          .filter(({ kind }) => kind === 'text')
          .map((field) => (
            <FieldRow key={field.path.join('.')} {...{ field, content, base, refusals }} />
          ))}
      </section>
      {profileFields
        .filter(({ kind }) => kind !== 'text')
        .map((field) => (
          <Section key={field.path.join('.')} {...{ field, content, base, refusals }} />
        ))}
    </div>
  );
}

/** What no document sets: it says how the documents are read. */
const OWN_READING: ReadonlySet<string> = new Set(['dedicated', 'limits', 'readings', 'severity']);

function Section({ field, content, base, refusals }: FieldProps) {
  const { t, i18n } = useTranslation();
  const texts = useProfileTexts();
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const section = field.path.join('.');
  const help = texts.help(field.path);
  return (
    <section className="profile-section" data-section={section}>
      <header>
        <h3>{texts.label(field.path)}</h3>
        <span className="small quiet profile-source">{OWN_READING.has(section) ? t('profiles:ownReading') : content.source[language]}</span>
      </header>
      {help !== '' && <p className="small quiet">{help}</p>}
      <FieldRows {...{ field, content, base, refusals }} />
    </section>
  );
}

function FieldRows(props: FieldProps) {
  const { field, content } = props;
  if (field.kind === 'weights') return <WeightRows {...props} />;
  if (field.kind !== 'group') return <FieldRow {...props} />;
  const value = valueAt(content, field.path);
  return (
    <>
      {field.nullable && <GroupSwitch field={field} content={content} />}
      {value !== null && field.fields.map((inner) => <GroupPart key={inner.path.join('.')} {...props} field={inner} />)}
      <Refusals field={field} refusals={props.refusals.filter(({ path }) => path.join('.') === field.path.join('.'))} />
    </>
  );
}

function GroupPart(props: FieldProps) {
  const texts = useProfileTexts();
  if (props.field.kind !== 'group') return <FieldRow {...props} />;
  return (
    <fieldset className="profile-group">
      <legend>{texts.label(props.field.path)}</legend>
      <FieldRows {...props} />
    </fieldset>
  );
}

/** Whether the document knows such a thing at all. */
function GroupSwitch({ field, content }: Pick<FieldProps, 'field' | 'content'>) {
  const { t } = useTranslation();
  const edit = useProfileEditor((editor) => editor.edit);
  const begin = (): unknown => emptyValue({ ...field, nullable: false });
  return (
    <Checkbox
      checked={valueAt(content, field.path) !== null}
      onChange={(event) => edit(withValue(content, field.path, event.target.checked ? begin() : null))}
    >
      {t('profiles:hasGroup')}
    </Checkbox>
  );
}

function FieldRow({ field, content, base, refusals }: FieldProps) {
  const texts = useProfileTexts();
  const edit = useProfileEditor((editor) => editor.edit);
  const own = refusals.filter(({ path }) => field.path.every((name, index) => path[index] === name));
  const label = texts.label(field.path);
  const help = field.path.length > 1 ? texts.help(field.path) : '';
  const alone = field.path.length === 1 && field.kind !== 'text';
  return (
    <div className={`profile-row${alone ? ' is-alone' : ''}`} data-field={field.path.join('.')}>
      {!alone && <span className="profile-label">{field.kind === 'flag' ? '' : label}</span>}
      <div className="profile-entry">
        <ProfileControl
          {...{ field, label }}
          value={valueAt(content, field.path)}
          invalid={own.length > 0}
          onChange={(value) => edit(withValue(content, field.path, value))}
        />
        {help !== '' && <span className="small quiet">{help}</span>}
        <Refusals field={field} refusals={own} />
        <Former {...{ field, content, base }} />
      </div>
    </div>
  );
}

/** One line per check: what it looks at, how much it weighs. */
function WeightRows({ field, content, base }: FieldProps) {
  const { t } = useTranslation();
  const texts = useProfileTexts();
  const edit = useProfileEditor((editor) => editor.edit);
  return (
    <div className="profile-weights">
      {field.keys.map((key) => {
        const path = [...field.path, key];
        const weight: ProfileField = { ...field, kind: 'choice', path, keys: [] };
        const label = texts.label(path);
        return (
          <div key={key} className="profile-row" data-field={path.join('.')}>
            <span className="profile-label">{label}</span>
            <div className="profile-entry">
              <div className="profile-weight">
                <span className="small quiet">{t(`profiles:meaning.${key}`)}</span>
                <ProfileControl
                  field={weight}
                  value={weightOf(content, key as CheckId)}
                  label={label}
                  invalid={false}
                  onChange={(value) => edit(withValue(content, path, value))}
                />
              </div>
              <Former {...{ field: weight, content, base }} />
            </div>
          </div>
        );
      })}
    </div>
  );
}

function Refusals({ field, refusals }: Pick<FieldProps, 'field' | 'refusals'>) {
  const texts = useProfileTexts();
  return refusals.map((refusal) => (
    <span key={`${refusal.path.join('.')} ${refusal.reason}`} className="small profile-refusal" role="alert">
      {texts.refusal(field, refusal)}
    </span>
  ));
}

/** What the newest version says where the draft says something else, and the way back. */
function Former({ field, content, base }: Pick<FieldProps, 'field' | 'content' | 'base'>) {
  const { t } = useTranslation();
  const texts = useProfileTexts();
  const version = useProfileEditor((editor) => editor.newest?.version ?? 0);
  const edit = useProfileEditor((editor) => editor.edit);
  const former = field.path[0] === 'severity' ? weightOf(base, field.path[1] as CheckId) : valueAt(base, field.path);
  const changed = field.path[0] === 'severity' ? weightOf(content, field.path[1] as CheckId) !== former : isChanged(field, content, base);
  if (!changed) return null;
  return (
    <span className="small profile-former">
      {field.kind !== 'texts' && t('profiles:former', { version, value: texts.value(field, former) })}
      <Button size="small" type="link" icon={<UndoOutlined />} onClick={() => edit(withValue(content, field.path, former))}>
        {t('profiles:restore')}
      </Button>
    </span>
  );
}

const isChanged = (field: ProfileField, content: ProfileContent, base: ProfileContent): boolean =>
  differences(base, content, [field]).length > 0;
