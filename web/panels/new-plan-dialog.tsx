// Makes a plan: for which region, under which profile.
import { Button, Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ProfileHead } from '../../core/api/messages.ts';
import { DEFAULT_SCHEME } from '../../core/codes/schemes.ts';
import { DEFAULT_PROFILE } from '../../core/rules/profiles.ts';
import type { NewPlan } from '../api/client.ts';
import { useImport } from '../state/import-store.ts';
import { useLayout } from '../state/layout.ts';
import { useWorkspace } from '../state/store.ts';
import { type OfferedRegion, offeredRegions } from './offered-regions.ts';
import { ProblemText } from './problem-card.tsx';
import { useAnswer } from './use-answer.ts';

export function NewPlanDialog() {
  const { t } = useTranslation();
  const open = useLayout((layout) => layout.dialog === 'new-plan');
  const openDialog = useLayout((layout) => layout.openDialog);
  return (
    <Modal open={open} title={t('shell:actions.newPlan')} footer={null} width={480} destroyOnHidden onCancel={() => openDialog(null)}>
      <PlanForm onMade={() => openDialog(null)} />
    </Modal>
  );
}

function PlanForm({ onMade }: { onMade: () => void }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const regions = usePlanRegions();
  const profiles = useProfiles();
  const createPlan = useWorkspace((workspace) => workspace.createPlan);
  const problem = useWorkspace((workspace) => workspace.problem);
  const make = async (plan: NewPlan): Promise<void> => {
    if (await createPlan(plan)) onMade();
  };
  if (regions === null) return null;
  const [first] = regions;
  if (first === undefined) return <p className="quiet">{t('panels:plan.noRegion')}</p>;
  const initial: NewPlan = {
    name: t('panels:plan.defaultName', { year: new Date().getFullYear() }),
    region: first.code,
    profile: DEFAULT_PROFILE,
    scheme: DEFAULT_SCHEME,
  };
  return (
    <Form layout="vertical" requiredMark={false} initialValues={initial} onFinish={(plan: NewPlan) => void make({ ...initial, ...plan })}>
      <Form.Item
        name="name"
        label={t('panels:plan.name')}
        rules={[{ required: true, whitespace: true, message: t('panels:plan.nameMissing') }]}
      >
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="region" label={t('panels:plan.region')}>
        <Select options={regions.map(({ code, name }) => ({ value: code, label: `${name} ${code}` }))} />
      </Form.Item>
      <Form.Item name="profile" label={t('panels:plan.profile')}>
        <Select
          options={profiles.map(({ profile, name, source }) => ({
            value: profile,
            label: name[language],
            title: source[language],
          }))}
        />
      </Form.Item>
      {problem !== null && <ProblemText problem={problem} />}
      <Button type="primary" htmlType="submit">
        {t('panels:plan.make')}
      </Button>
    </Form>
  );
}

function useProfiles(): ProfileHead[] {
  const profiles = useWorkspace((workspace) => workspace.profiles);
  return useAnswer<ProfileHead[]>(profiles, []);
}

/** null: not known yet. */
function usePlanRegions(): readonly OfferedRegion[] | null {
  const planRegions = useWorkspace((workspace) => workspace.planRegions);
  const imported = useImport(({ status }) => (status?.phase === 'done' ? status.report?.counties : undefined));
  const known = useAnswer<readonly OfferedRegion[] | null>(planRegions, null);
  return known && offeredRegions(known, imported ?? []);
}
