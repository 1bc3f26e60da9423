// Why not every grid can be within its band, in plain words, each with its place; and what stays as it is.
import { LockOutlined, WarningFilled } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CommunityProposal, DivisionObstacle } from '../../core/api/messages.ts';
import type { SizeRule } from '../../core/rules/profile.ts';
import { useFormat } from '../i18n/format.ts';
import { useDivision } from '../state/division-store.ts';
import { useWorkspace } from '../state/store.ts';

export function DivideObstacles({ proposal }: { proposal: CommunityProposal }) {
  const { t } = useTranslation();
  const focusOn = useWorkspace((workspace) => workspace.focusOn);
  const active = useWorkspace((workspace) => workspace.active);
  const sentence = useSentence(proposal.community);
  const staying = (active?.code === proposal.community ? active.grids.features : []).filter(({ properties }) => properties.locked);
  if (proposal.obstacles.length + staying.length === 0) return null;
  return (
    <section className="panel-section divide-obstacles">
      {staying.length > 0 && (
        <p className="small quiet">
          <LockOutlined /> {t('tools:divide.locked', { count: staying.length })}
        </p>
      )}
      {proposal.obstacles.map((obstacle) => (
        <div key={`${obstacle.kind} ${obstacle.place}`} className="divide-obstacle" data-testid="divide-obstacle">
          <WarningFilled />
          <p>{sentence(obstacle)}</p>
          {obstacle.place !== null && (
            <Button size="small" type="text" onClick={() => obstacle.place !== null && focusOn(obstacle.place)}>
              {t('panels:checks.show')}
            </Button>
          )}
        </div>
      ))}
    </section>
  );
}

/** Words an obstacle by the measure of the community. */
function useSentence(community: string): (obstacle: DivisionObstacle) => string {
  const { t } = useTranslation();
  const { count } = useFormat();
  const kind = useWorkspace((workspace) => workspace.progress.get(community)?.kind);
  const profile = useWorkspace((workspace) => workspace.profile);
  const layout = useDivision((division) => division.layout);
  const rule = kind === undefined ? undefined : profile?.size[kind];
  return (obstacle) => {
    const { households, persons, add, remove } = obstacle;
    const values = { households: count(households), persons: count(persons), ...gapOf(households, rule, count) };
    if (obstacle.kind === 'oversize-unit') {
      const excused = layout?.grids.features.some(({ properties }) => properties.band === 'excused' && properties.households >= households);
      return t(`tools:divide.why.${obstacle.kind}${excused ? '' : '-open'}`, values);
    }
    if (obstacle.kind === 'bottleneck' || obstacle.kind === 'scattered-group') return t(`tools:divide.why.${obstacle.kind}`, values);
    const what = t(`tools:divide.why.${obstacle.kind}`, values);
    const gap = t(`tools:divide.gap.${households < (rule?.households.minimum ?? 0) ? 'small' : 'between'}`, values);
    const mends = [
      add === null ? '' : t('tools:divide.gap.add', { households: count(add) }),
      remove === null ? '' : t('tools:divide.gap.remove', { households: count(remove) }),
    ].filter((mend) => mend !== '');
    const mend = mends.length === 0 ? '' : t('tools:divide.gap.mend', { mends: mends.join(t('tools:divide.gap.or')) });
    const byPersons = rule?.persons == null ? '' : t('tools:divide.gap.persons', values);
    return `${what}${gap}${mend}${byPersons}`;
  };
}

/** The two numbers of grids between which the households fall. */
function gapOf(households: number, rule: SizeRule | undefined, count: (value: number) => string): Record<string, string> {
  const { minimum, maximum } = rule?.households ?? { minimum: null, maximum: null };
  if (maximum === null || minimum === null) return { limit: count(maximum ?? minimum ?? 0) };
  const fewer = Math.floor(households / minimum);
  return {
    ...{ fewer: count(fewer), more: count(fewer + 1), limit: count(maximum) },
    ...{ most: count(fewer * maximum), least: count((fewer + 1) * minimum) },
  };
}
