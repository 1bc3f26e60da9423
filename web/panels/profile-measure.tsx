// A measure of the rules: two bounds, or a published “about” with the share that it is read by; both show what they come to.
import { InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.ts';
import type { ControlProps } from './profile-control.tsx';
import { type Measure, useProfileTexts } from './profile-texts.ts';

const PERCENT = 100;
/** How “about” is read where nothing else is said. */
const USUAL_TOLERANCE = 0.2;

type Mode = 'bounds' | 'about' | 'none';

export function MeasureControl({ field, value, label, invalid, onChange }: ControlProps) {
  const { t } = useTranslation();
  const measure = value as Measure | null;
  const mode: Mode = measure === null ? 'none' : 'about' in measure ? 'about' : 'bounds';
  const modes: Mode[] = field.nullable ? ['bounds', 'about', 'none'] : ['bounds', 'about'];
  return (
    <div className="profile-measure">
      <Select
        aria-label={t('profiles:measure.mode', { field: label })}
        value={mode}
        options={modes.map((one) => ({ value: one, label: t(`profiles:measure.${one}`) }))}
        onChange={(chosen: Mode) => onChange(begun(chosen, measure))}
      />
      {measure !== null && ('about' in measure ? <About {...{ field, measure, label, invalid, onChange }} /> : null)}
      {measure !== null && !('about' in measure) && <Bounds {...{ field, measure, label, invalid, onChange }} />}
    </div>
  );
}

interface Props extends Pick<ControlProps, 'field' | 'label' | 'invalid' | 'onChange'> {
  measure: Measure;
}

function Bounds({ field, measure, label, invalid, onChange }: Props) {
  const { t } = useTranslation();
  const texts = useProfileTexts();
  if ('about' in measure) return null;
  const status = invalid ? 'error' : '';
  const bound = (side: 'minimum' | 'maximum') => (
    <InputNumber<number>
      aria-label={t(`profiles:measure.${side}`, { field: label })}
      placeholder={t('profiles:measure.unbounded')}
      controls={false}
      status={status}
      value={measure[side]}
      onChange={(entered) => onChange({ ...measure, [side]: entered })}
    />
  );
  return (
    <>
      {bound('minimum')}
      <span>{t('profiles:measure.to')}</span>
      {bound('maximum')}
      <span>{texts.unit(field.path)}</span>
    </>
  );
}

function About({ field, measure, label, invalid, onChange }: Props) {
  const { t } = useTranslation();
  const texts = useProfileTexts();
  const { count } = useFormat();
  if (!('about' in measure)) return null;
  const { about, tolerance } = measure;
  const status = invalid ? 'error' : '';
  const bound = (sign: 1 | -1): string => count(Math.round((about ?? 0) * (1 + sign * (tolerance ?? 0))));
  return (
    <>
      <InputNumber<number>
        aria-label={t('profiles:measure.figure', { field: label })}
        controls={false}
        status={status}
        value={about}
        onChange={(entered) => onChange({ about: entered, tolerance })}
      />
      <span>±</span>
      <InputNumber<number>
        aria-label={t('profiles:measure.tolerance', { field: label })}
        className="profile-percent"
        controls={false}
        status={status}
        suffix="%"
        value={tolerance === null ? null : Math.round(tolerance * PERCENT * PERCENT) / PERCENT}
        onChange={(entered) => onChange({ about, tolerance: entered === null ? null : entered / PERCENT })}
      />
      <span>{texts.unit(field.path)}</span>
      {!invalid && <span className="small quiet">{t('profiles:measure.comesTo', { minimum: bound(-1), maximum: bound(1) })}</span>}
    </>
  );
}

/** Carries over what was entered: the middle of two bounds, the bounds of an “about”. */
function begun(mode: Mode, before: Measure | null): Measure | null {
  if (mode === 'none') return null;
  const [minimum, maximum] = before === null ? [null, null] : boundsOf(before);
  if (mode === 'bounds') return { minimum, maximum };
  const about = Math.round(((minimum ?? maximum ?? 0) + (maximum ?? minimum ?? 0)) / 2);
  return { about, tolerance: USUAL_TOLERANCE };
}

function boundsOf(measure: Measure): [number | null, number | null] {
  if (!('about' in measure)) return [measure.minimum, measure.maximum];
  const { about, tolerance } = measure;
  if (about === null || tolerance === null) return [null, null];
  return [Math.round(about * (1 - tolerance)), Math.round(about * (1 + tolerance))];
}
