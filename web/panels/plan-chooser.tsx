// Which plan is open, and its state.
import { PlusOutlined } from '@ant-design/icons';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { actionOf } from '../actions/actions.ts';
import { useWorkspace } from '../state/store.ts';
import { PlanStateButton } from './lifecycle-state.tsx';

const NEW_PLAN = 0;

export function PlanChooser() {
  const { t } = useTranslation();
  const plans = useWorkspace((workspace) => workspace.plans);
  const plan = useWorkspace((workspace) => workspace.plan);
  const openPlan = useWorkspace((workspace) => workspace.openPlan);
  if (plan === null) return null;
  const options = plans.map(({ id, name, regionName, state }) => ({
    value: id,
    label: `${regionName} · ${name}`,
    title: `${regionName} · ${name} · ${t(`lifecycle:state.${state}`)}`,
    state: t(`lifecycle:state.${state}`),
  }));
  return (
    <div className="plan-chooser">
      <Select
        aria-label={t('shell:plan.choose')}
        variant="borderless"
        popupMatchSelectWidth={false}
        value={plan.id}
        options={[
          ...options,
          {
            value: NEW_PLAN,
            label: (
              <>
                <PlusOutlined /> {t('shell:actions.newPlan')}
              </>
            ),
          },
        ]}
        optionRender={({ label, data }) => (
          <>
            {label} {'state' in data && <span className="small quiet">{data.state}</span>}
          </>
        )}
        onChange={(id: number) => (id === NEW_PLAN ? actionOf('newPlan').run() : void openPlan(id))}
      />
      <PlanStateButton />
    </div>
  );
}
