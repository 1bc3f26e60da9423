// A new draft for some communities of an official plan: which of them, and its name.
import { Button, Checkbox, Input } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommunityProgress } from '../../core/api/messages.ts';
import { shortCommunityName } from '../../core/plan/grid-name.ts';
import { useLifecycle } from '../state/lifecycle.ts';
import { useWorkspace } from '../state/store.ts';
import { Desk } from './lifecycle-desk.tsx';

const LONGEST_NAME = 80;

export function AdjustmentPanel() {
  const { t } = useTranslation();
  const [name, setName] = useState(() => t('lifecycle:adjustment.defaultName', { year: new Date().getFullYear() }));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(useOpenCommunity);
  const [filter, setFilter] = useState('');
  const working = useLifecycle((lifecycle) => lifecycle.working);
  const adjust = useLifecycle((lifecycle) => lifecycle.adjust);
  const toggle = (codes: readonly string[], on: boolean): void => {
    const next = new Set(chosen);
    for (const code of codes)
      if (on) next.add(code);
      else next.delete(code);
    setChosen(next);
  };
  const ready = chosen.size > 0 && name.trim() !== '';
  return (
    <Desk
      id="adjustment"
      title={t('lifecycle:adjustment.title')}
      foot={
        <>
          <div className="field">
            <span className="field-label">{t('lifecycle:adjustment.name')}</span>
            <Input
              aria-label={t('lifecycle:adjustment.name')}
              maxLength={LONGEST_NAME}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </div>
          <p className="step-buttons">
            <Button
              type="primary"
              disabled={!ready}
              loading={working === 'adjusting'}
              onClick={() => void adjust({ name: name.trim(), communities: [...chosen].sort() })}
            >
              {t('lifecycle:adjustment.go')}
            </Button>
            <span className="small quiet">
              {chosen.size === 0 ? t('lifecycle:adjustment.none') : t('lifecycle:adjustment.chosen', { count: chosen.size })}
            </span>
          </p>
        </>
      }
    >
      <section className="desk-section">
        <p className="quiet">{t('lifecycle:adjustment.intro')}</p>
        <Input
          allowClear
          placeholder={t('lifecycle:adjustment.search')}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      </section>
      <Choice filter={filter.trim()} chosen={chosen} toggle={toggle} />
    </Desk>
  );
}

/** Whoever has a community open means that one. */
function useOpenCommunity(): ReadonlySet<string> {
  const { active } = useWorkspace.getState();
  return new Set(active === null ? [] : [active.code]);
}

interface ChoiceProps {
  filter: string;
  chosen: ReadonlySet<string>;
  toggle: (codes: readonly string[], on: boolean) => void;
}

function Choice({ filter, chosen, toggle }: ChoiceProps) {
  const { t } = useTranslation();
  const towns = useWorkspace((workspace) => workspace.plan?.towns ?? null);
  const progress = useWorkspace((workspace) => workspace.progress);
  const groups = useMemo(() => {
    const fits = ({ code, name }: CommunityProgress): boolean => filter === '' || name.includes(filter) || code.startsWith(filter);
    return (towns ?? [])
      .map((town) => ({ town, own: [...progress.values()].filter((community) => community.town === town.code && fits(community)) }))
      .filter(({ own }) => own.length > 0);
  }, [towns, progress, filter]);
  if (groups.length === 0) return <p className="desk-section quiet">{t('lifecycle:adjustment.noMatch')}</p>;
  return (
    <ul className="choice">
      {groups.map(({ town, own }) => {
        const codes = own.map(({ code }) => code);
        const count = codes.filter((code) => chosen.has(code)).length;
        return (
          <li key={town.code}>
            <Checkbox
              checked={count === codes.length}
              indeterminate={count > 0 && count < codes.length}
              onChange={(event) => toggle(codes, event.target.checked)}
            >
              <strong>{town.name}</strong>
            </Checkbox>
            <ul>
              {own.map(({ code, name }) => (
                <li key={code}>
                  <Checkbox checked={chosen.has(code)} onChange={(event) => toggle([code], event.target.checked)}>
                    {shortCommunityName(name)}
                  </Checkbox>
                </li>
              ))}
            </ul>
          </li>
        );
      })}
    </ul>
  );
}
