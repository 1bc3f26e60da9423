// The way of a plan in the editor of the rules: who takes each step, and which organs have to sign it.
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { ORGANS } from '../../core/accounts/roles.ts';
import { DEFAULT_LIFECYCLE, type LifecycleStep } from '../../core/lifecycle/lifecycle.ts';
import { currentLanguage } from '../i18n/language.ts';
import type { ControlProps } from './profile-control.tsx';

export function StepsControl({ value, label, invalid, onChange }: ControlProps) {
  const { t } = useTranslation();
  const steps = (value as LifecycleStep[] | undefined) ?? DEFAULT_LIFECYCLE.steps;
  return (
    <ol className="profile-steps" aria-label={label}>
      {steps.map((step, index) => {
        const name = step.name[currentLanguage()];
        return (
          <li key={step.id}>
            <span>
              {index + 1} {name}
            </span>
            <span className="small quiet">
              {step.levels.map((level) => t(`lifecycle:levelOf.${level}`)).join(t('profiles:value.joint'))}{' '}
              {t(`lifecycle:role.${step.role}`)}
            </span>
            <Select
              mode="tags"
              aria-label={`${name} ${t('profiles:organs')}`}
              placeholder={t('profiles:noOrgans')}
              status={invalid ? 'error' : ''}
              value={step.organs}
              options={ORGANS.map((organ) => ({ value: organ }))}
              onChange={(organs: string[]) => onChange(steps.with(index, { ...step, organs }))}
            />
          </li>
        );
      })}
    </ol>
  );
}
