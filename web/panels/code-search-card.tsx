// One code: what it is made of, who bears it, where it came from and what became of it; any text that looks like a code is explained.
import { Button, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CodeExplanationAnswer, CodeLineage, CodeRecord } from '../../core/api/messages.ts';
import type { GridKind } from '../../core/plan/state.ts';
import { useFormat } from '../i18n/format.ts';
import { currentLanguage } from '../i18n/language.ts';
import { boundsOfGrid } from '../state/bounds.ts';
import { useCodes } from '../state/codes.ts';
import { useWorkspace } from '../state/store.ts';
import { groupedCode } from './grid-code.tsx';
import { Desk } from './lifecycle-desk.tsx';
import './code-search.css';

export function CodeCard() {
  const { t } = useTranslation();
  const { code, record, explanation } = useCodes();
  const says = (community: string | null, kind: GridKind | null): string =>
    [community ?? t('codes:unknownCommunity'), kind === null ? '' : t(`panels:kind.${kind}`)].filter(Boolean).join(' · ');
  if (code === null) return null;
  const unknown = record === null && explanation !== null;
  const possible = (explanation?.schemes ?? []).filter(({ failure }) => failure === null);
  return (
    <Desk id="code-card" title={t('codes:title')}>
      <section className="desk-section">
        <p className="desk-subject">
          <strong className="mono code-number">{groupedCode(code)}</strong>
          {record !== null && <span className={`code-state is-${record.state}`}>{t(`panels:codeState.${record.state}`)}</span>}
        </p>
        {explanation === null && <Skeleton active title={false} />}
        {unknown && <p className="code-unknown">{t(possible.length > 0 ? 'codes:neverIssued' : 'codes:noCode')}</p>}
        {record !== null && <Standing record={record} />}
      </section>
      {record !== null && <Segments segments={record.segments} scheme={record.scheme} />}
      {record !== null && <Lineage record={record} />}
      {unknown &&
        possible.map(({ scheme, name, segments, communityName, kind }) => (
          <Segments key={scheme} segments={segments} scheme={name[currentLanguage()]} says={says(communityName, kind)} />
        ))}
      {unknown && possible.length === 0 && <Failures schemes={explanation.schemes} />}
    </Desk>
  );
}

function Standing({ record }: { record: CodeRecord }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const plans = useWorkspace((workspace) => workspace.plans);
  const grids = useWorkspace((workspace) => workspace.planGrids);
  const bearer = grids.features.find(({ properties }) => properties.id === record.grid || properties.code === record.code);
  const plan = plans.find(({ id }) => id === record.plan);
  const show = (): void => {
    if (bearer === undefined) return;
    useWorkspace.getState().focusOn(boundsOfGrid(bearer));
    useWorkspace.getState().selectGrid(bearer.properties.id);
  };
  return (
    <>
      <dl className="code-facts">
        <dt>{t('codes:community')}</dt>
        <dd className="mono">{record.community}</dd>
        <dt>{t('codes:issued')}</dt>
        <dd>{date(record.issuedAt)}</dd>
        <dt>{t('codes:bearer')}</dt>
        <dd>{bearer?.properties.name ?? plan?.name ?? t(record.plan === null ? 'codes:noBearer' : 'codes:elsewhere')}</dd>
      </dl>
      <p className="step-buttons">
        {bearer !== undefined && (
          <Button size="small" type="primary" onClick={show}>
            {t('panels:checks.show')}
          </Button>
        )}
        {bearer === undefined && plan !== undefined && (
          <Button size="small" onClick={() => void useWorkspace.getState().openPlan(plan.id)}>
            {t('codes:openPlan', { plan: plan.name })}
          </Button>
        )}
      </p>
    </>
  );
}

interface SegmentsProps {
  segments: CodeRecord['segments'];
  scheme: string;
  /** What they come to. */
  says?: string;
}

function Segments({ segments, scheme, says }: SegmentsProps) {
  const { t } = useTranslation();
  return (
    <section className="desk-section">
      <h3>{t('codes:segments', { scheme })}</h3>
      {says !== undefined && <p>{says}</p>}
      <table className="code-segments">
        <tbody>
          {segments.map(({ source, value, meaning }) => (
            <tr key={`${source} ${meaning.en}`}>
              <th className="mono">{value}</th>
              <td>{meaning[currentLanguage()]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Lineage({ record: { predecessors, successors, ending } }: { record: CodeRecord }) {
  const { t, i18n } = useTranslation();
  if (predecessors.length === 0 && successors.length === 0 && ending === '') return null;
  const known = i18n.exists(`codes:ending.${ending}`);
  return (
    <section className="desk-section" data-testid="code-lineage">
      <h3>{t('codes:lineage')}</h3>
      <Codes title={t('codes:predecessors')} codes={predecessors} />
      <Codes title={t('codes:successors')} codes={successors} />
      {ending !== '' && <p>{known ? t(`codes:ending.${ending}`) : ending}</p>}
    </section>
  );
}

function Codes({ title, codes }: { title: string; codes: readonly CodeLineage[] }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const look = useCodes((state) => state.look);
  if (codes.length === 0) return null;
  return (
    <div className="code-lineage">
      <span className="small quiet">{title}</span>
      <ul>
        {codes.map(({ code, kind, at }) => (
          <li key={code}>
            <Button type="link" size="small" className="mono" onClick={() => void look(code)}>
              {groupedCode(code)}
            </Button>
            <span className="small quiet">
              {t(`codes:kind.${kind}`)} · {date(at)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Failures({ schemes }: { schemes: CodeExplanationAnswer['schemes'] }) {
  const { t } = useTranslation();
  const plain = schemes.filter(({ scheme }) => !scheme.includes('+'));
  return (
    <section className="desk-section">
      <h3>{t('codes:whyNot')}</h3>
      <ul>
        {plain.map(({ scheme, name, failure }) => (
          <li key={scheme}>
            {name[currentLanguage()]} <span className="quiet">{failure !== null && t(`codes:failure.${failure}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
