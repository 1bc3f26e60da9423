// How many plans wait for the reader, and a list to open each of them at its way.
import { BellOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.ts';
import { useLayout } from '../state/layout.ts';
import { useWorkspace } from '../state/store.ts';
import { useWaiting } from '../state/waiting.ts';

export function WaitingPlans() {
  const { t, i18n } = useTranslation();
  const { count } = useFormat();
  const plans = useWaiting((waiting) => waiting.plans);
  const openPlan = useWorkspace((workspace) => workspace.openPlan);
  const openDialog = useLayout((layout) => layout.openDialog);
  if (plans.length === 0) return null;
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const open = async (plan: number): Promise<void> => {
    await openPlan(plan);
    openDialog('lifecycle');
  };
  const items = plans.map(({ plan, name }) => ({
    key: String(plan.id),
    label: (
      <>
        {plan.regionName} · {plan.name} <span className="small quiet">{name[language]}</span>
      </>
    ),
  }));
  return (
    <Dropdown menu={{ items, onClick: ({ key }) => void open(Number(key)) }} trigger={['click']}>
      <Button
        type="text"
        size="small"
        className="waiting-plans"
        icon={<BellOutlined />}
        title={t('lifecycle:yours.hint', { count: plans.length })}
        data-testid="waiting-plans"
      >
        {t('lifecycle:yours.title')} {count(plans.length)}
      </Button>
    </Dropdown>
  );
}
