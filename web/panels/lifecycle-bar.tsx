// Under the top bar: that the plan is frozen and what can be done instead, why it was returned, or which day is looked at.
import { CalendarOutlined, LockOutlined, RollbackOutlined } from '@ant-design/icons';
import { Button, DatePicker, Select, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.ts';
import { useLayout } from '../state/layout.ts';
import { returnOf, useLifecycle } from '../state/lifecycle.ts';
import { useOfficial } from '../state/official.ts';
import { whyNot } from '../state/session.ts';
import { useWorkspace } from '../state/store.ts';
import './lifecycle.css';

export function PlanBar() {
  const looking = useOfficial((official) => official.date !== null);
  const plan = useWorkspace((workspace) => workspace.plan);
  const filing = useLayout((layout) => layout.dialog === 'filing');
  // A package beside it has nothing to do with the open plan.
  if (plan === null || filing) return null;
  if (looking) return <DayBar />;
  if (plan.state === 'returned') return <ReturnedBar />;
  return plan.editable ? null : <FrozenBar />;
}

function ReturnedBar() {
  const { t } = useTranslation();
  const { date } = useFormat();
  const plan = useWorkspace((workspace) => workspace.plan);
  const returned = useLifecycle(({ status }) => returnOf({ plan }, status));
  if (returned === null) return null;
  const { person, organ, reason, at } = returned;
  return (
    <div className="plan-bar is-returned" role="status" data-testid="plan-bar">
      <RollbackOutlined />
      <strong>{t('lifecycle:returned.bar', { person, organ, reason })}</strong>
      <span className="small quiet">{date(at)}</span>
      <WayButton />
    </div>
  );
}

function FrozenBar() {
  const { t } = useTranslation();
  const state = useWorkspace((workspace) => workspace.plan?.state);
  const openDialog = useLayout((layout) => layout.openDialog);
  const why = useWorkspace((workspace) => whyNot(workspace, 'edit-plan'));
  return (
    <div className="plan-bar" role="status" data-testid="plan-bar">
      <LockOutlined />
      <span>{t(`lifecycle:frozen.${state}`)}</span>
      <WayButton />
      {state === 'official' && (
        <Tooltip title={why === null ? null : t(why)}>
          <Button size="small" type="primary" disabled={why !== null} onClick={() => openDialog('adjustment')}>
            {t('lifecycle:bar.adjust')}
          </Button>
        </Tooltip>
      )}
    </div>
  );
}

function WayButton() {
  const { t } = useTranslation();
  const openDialog = useLayout((layout) => layout.openDialog);
  return (
    <Button size="small" onClick={() => openDialog('lifecycle')}>
      {t('lifecycle:bar.way')}
    </Button>
  );
}

/** A day is taken from those on which something changed, or any other from the calendar. */
function DayBar() {
  const { t } = useTranslation();
  const { date, dates, grids, choose, leave } = useOfficial();
  if (date === null) return null;
  const known = [...new Set(dates.map((one) => one.date))].map((value) => {
    const changes = dates.filter((one) => one.date === value);
    const plans = changes.map(({ planName }) => planName).join(t('errors:at.joint'));
    return {
      value,
      label: t('lifecycle:official.change', { date: value, plans, count: changes.reduce((sum, { communities }) => sum + communities, 0) }),
    };
  });
  const options = known.some(({ value }) => value === date) ? known : [{ value: date, label: date }, ...known];
  return (
    <div className="plan-bar is-day" role="status" data-testid="plan-bar">
      <CalendarOutlined />
      <strong>{t(grids === null ? 'lifecycle:official.loading' : 'lifecycle:official.bar', { date })}</strong>
      {grids !== null && <span className="small">{t('lifecycle:official.count', { count: grids })}</span>}
      <Select
        size="small"
        aria-label={t('lifecycle:official.date')}
        popupMatchSelectWidth={false}
        value={date}
        options={options}
        onChange={(day: string) => void choose(day)}
      />
      <DatePicker
        size="small"
        aria-label={t('lifecycle:official.day')}
        placeholder={t('lifecycle:official.day')}
        value={null}
        cellRender={(day, { type, originNode }) =>
          type === 'date' && typeof day === 'object' && dates.some((one) => one.date === day.format('YYYY-MM-DD')) ? (
            <div className="ant-picker-cell-inner is-change">{day.date()}</div>
          ) : (
            originNode
          )
        }
        onChange={(_, day) => typeof day === 'string' && day !== '' && void choose(day)}
      />
      <Button size="small" type="primary" onClick={leave}>
        {t('lifecycle:official.back')}
      </Button>
    </div>
  );
}
