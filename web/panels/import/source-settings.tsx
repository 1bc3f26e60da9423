// What a kind asks for besides its rows: whose grids, valid from when, whose data, the staff of which plan, the name of the county.
import { AutoComplete, Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportSource } from '../../../core/api/import-messages.ts';
import { barrierClass } from '../../../core/import/barriers.ts';
import { DEPARTMENTS, departmentName } from '../../../core/one-net/departments.ts';
import { useImport } from '../../state/import-store.ts';
import { useWorkspace } from '../../state/store.ts';

const LONGEST_TEXT = 120;

export function SourceSettings({ source }: { source: ImportSource }) {
  switch (source.choice.kind) {
    case 'communities':
      return source.choice.fields.county === undefined ? <TextSetting source={source} name="county" /> : null;
    case 'department-grids':
      return <Department source={source} />;
    case 'regions':
      return (
        <>
          <TextSetting key="validFrom" source={source} name="validFrom" type="date" />
          <TextSetting key="source" source={source} name="source" />
        </>
      );
    case 'staff':
      return <Plan source={source} />;
    case 'barriers':
      return (
        <>
          <BarrierClass source={source} />
          <TextSetting source={source} name="attribution" />
        </>
      );
    case 'buildings':
    case 'institutions':
      return <TextSetting source={source} name="attribution" />;
    default:
      return null;
  }
}

function useSetting(source: ImportSource, name: string): [string, (value: string) => void] {
  const choose = useImport((store) => store.choose);
  const set = (value: string): void => {
    void choose(source.id, ({ settings: { [name]: _, ...others } }) => ({
      settings: value.trim() === '' ? others : { ...others, [name]: value.trim() },
    }));
  };
  return [source.choice.settings[name] ?? '', set];
}

function Setting({ name, children }: { name: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <section className="source-setting">
      <h3>{t(`import:setting.${name}.name`)}</h3>
      {children}
      <span className="small quiet">{t(`import:setting.${name}.hint`)}</span>
    </section>
  );
}

function Department({ source }: { source: ImportSource }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const [stored, store] = useSetting(source, 'department');
  const [text, setText] = useState(departmentName(stored, language));
  const idOf = (typed: string): string => DEPARTMENTS.find((one) => one[language] === typed)?.id ?? typed;
  return (
    <Setting name="department">
      <AutoComplete
        className="wide-select"
        aria-label={t('import:setting.department.name')}
        value={text}
        options={DEPARTMENTS.map((one) => ({ value: one[language] }))}
        onChange={setText}
        onSelect={(chosen: string) => store(idOf(chosen))}
        onBlur={() => idOf(text) !== stored && store(idOf(text))}
      />
    </Setting>
  );
}

/** Stored when it is left: half a date is a date, too. */
function TextSetting({ source, name, type = 'text' }: { source: ImportSource; name: string; type?: 'text' | 'date' }) {
  const { t } = useTranslation();
  const [stored, store] = useSetting(source, name);
  const [text, setText] = useState(stored);
  return (
    <Setting name={name}>
      <Input
        type={type}
        className={type === 'date' ? 'date-input' : 'wide-select'}
        aria-label={t(`import:setting.${name}.name`)}
        maxLength={LONGEST_TEXT}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onBlur={() => text.trim() !== stored && store(text)}
      />
    </Setting>
  );
}

/** A file of railways need not say so in every row. */
function BarrierClass({ source }: { source: ImportSource }) {
  const { t } = useTranslation();
  const [stored, store] = useSetting(source, 'class');
  return (
    <Setting name="class">
      <Select
        className="wide-select"
        aria-label={t('import:setting.class.name')}
        value={stored}
        options={['', ...barrierClass.options].map((value) => ({
          value,
          label: value === '' ? t('import:setting.class.none') : t(`import:class.${value}`),
        }))}
        onChange={store}
      />
    </Setting>
  );
}

function Plan({ source }: { source: ImportSource }) {
  const { t } = useTranslation();
  const plans = useWorkspace((workspace) => workspace.plans);
  const [stored, store] = useSetting(source, 'plan');
  return (
    <Setting name="plan">
      <Select
        className="wide-select"
        aria-label={t('import:setting.plan.name')}
        value={stored === '' ? null : stored}
        options={plans.map(({ id, name, regionName, editable }) => ({
          value: String(id),
          label: `${regionName} · ${name}`,
          disabled: !editable,
          title: editable ? '' : t('import:setting.plan.frozen'),
        }))}
        onChange={store}
      />
    </Setting>
  );
}
