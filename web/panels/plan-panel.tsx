// The plan when no community is open: how to begin, and the rules that its grids are measured by.
import { useTranslation } from 'react-i18next';
import { sizeRuleOf } from '../../core/rules/band.ts';
import type { Band, Profile } from '../../core/rules/profile.ts';
import { useFormat } from '../i18n/format.ts';
import { useWorkspace } from '../state/store.ts';
import { ActionButton } from './action-button.tsx';

const KINDS = ['urban', 'rural', 'dedicated'] as const;

export function PlanPanel() {
  const { t } = useTranslation();
  const plan = useWorkspace((workspace) => workspace.plan);
  const profile = useWorkspace((workspace) => workspace.profile);
  if (plan === null) return null;
  return (
    <>
      <section className="panel-section">
        <strong>{plan.regionName}</strong>
        <p className="quiet">{t('panels:nothingOpen')}</p>
        <ActionButton id="oneNet" size="small" bordered />
      </section>
      {profile !== null && <Rules profile={profile} />}
    </>
  );
}

function Rules({ profile }: { profile: Profile }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const range = useRange();
  return (
    <section className="panel-section">
      <h3>{t('panels:rules.title')}</h3>
      <p className="small">{profile.source[language]}</p>
      <table className="rules">
        <thead>
          <tr>
            <th />
            {(['households', 'persons'] as const).map((measure) => (
              <th key={measure}>{t(`panels:measure.${measure}.name`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {KINDS.map((kind) => {
            const rule = sizeRuleOf(kind, profile);
            return (
              <tr key={kind}>
                <th>{t(`panels:kind.${kind}`)}</th>
                <td>{range(rule?.households ?? null)}</td>
                <td>{range(rule?.persons ?? null)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <ul className="readings">
        {profile.readings.map((reading) => (
          <li key={reading.zh} className="small quiet">
            {reading[language]}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** 300–500, ≤ 500, –. */
function useRange(): (band: Band | null) => string {
  const { count } = useFormat();
  return (band) => {
    if (band === null || (band.minimum === null && band.maximum === null)) return '–';
    if (band.minimum === null) return `≤ ${count(band.maximum ?? 0)}`;
    if (band.maximum === null) return `≥ ${count(band.minimum)}`;
    return `${count(band.minimum)}–${count(band.maximum)}`;
  };
}
