// Towns and their communities with the state of each, known by name only or ended ones, too; one tab stop, arrow keys walk the rows.
import { CaretDownOutlined, CaretRightOutlined, CheckOutlined } from '@ant-design/icons';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommunityProgress, CommunityProposal, Region } from '../../core/api/messages.ts';
import { shortCommunityName } from '../../core/plan/grid-name.ts';
import { ofRegion } from '../state/division.ts';
import { useDivision } from '../state/division-store.ts';
import { useRegions } from '../state/regions.ts';
import { useWorkspace } from '../state/store.ts';
import { CommunityBars } from './community-bars.tsx';
import { PersonTag } from './presence.tsx';
import { RegionName, RegionTableNote } from './region-standing.tsx';
import './region-tree.css';

type Row =
  | { level: 1; code: string; name: string; drawn: number; total: number; open: boolean }
  /** `community` null: the plan does not divide it, for it has no boundary yet. */
  | { level: 2; code: string; name: string; community: CommunityProgress | null };

export function RegionTree() {
  const { t } = useTranslation();
  const plan = useWorkspace((workspace) => workspace.plan);
  const progress = useWorkspace((workspace) => workspace.progress);
  const current = useWorkspace((workspace) => workspace.opening ?? workspace.active?.code ?? null);
  const openCommunity = useWorkspace((workspace) => workspace.openCommunity);
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(plan?.towns.slice(0, 1).map(({ code }) => code)));
  const [reached, setReached] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const regions = useRegions((state) => state.regions);
  const rows = useMemo(() => rowsOf(plan?.towns ?? [], progress, regions, open), [plan, progress, regions, open]);
  const stop = rows.some(({ code }) => code === reached) ? reached : (current ?? rows[0]?.code);

  useEffect(() => {
    const town = current === null ? undefined : progress.get(current)?.town;
    if (town !== undefined) setOpen((before) => (before.has(town) ? before : new Set(before).add(town)));
  }, [current, progress]);
  useEffect(() => {
    if (current !== null) list.current?.querySelector(`[data-code="${current}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  // A plan that was read anew may stand on a newer table.
  useEffect(() => {
    if (plan !== null) void useRegions.getState().read(plan.region);
  }, [plan]);

  const fold = (code: string, unfold: boolean): void => {
    const next = new Set(open);
    if (unfold) next.add(code);
    else next.delete(code);
    setOpen(next);
  };
  const reach = (code: string | undefined): void => {
    if (code === undefined) return;
    setReached(code);
    list.current?.querySelector<HTMLElement>(`[data-code="${code}"]`)?.focus();
  };
  const choose = (row: Row): void => {
    if (row.level === 1) fold(row.code, !row.open);
    else if (row.community !== null) void openCommunity(row.code);
  };
  const walk = (event: KeyboardEvent, row: Row): void => {
    const at = rows.indexOf(row);
    const moves: Record<string, () => void> = {
      ArrowDown: () => reach(rows[at + 1]?.code),
      ArrowUp: () => reach(rows[at - 1]?.code),
      Home: () => reach(rows[0]?.code),
      End: () => reach(rows.at(-1)?.code),
      ArrowRight: () => (row.level === 1 ? fold(row.code, true) : undefined),
      ArrowLeft: () => (row.level === 1 ? fold(row.code, false) : reach(townOf(row.code))),
      Enter: () => choose(row),
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    move();
  };

  return (
    <>
      <h2 className="panel-title">{t('panels:tree.title')}</h2>
      <div className="region-tree" role="tree" aria-label={t('panels:tree.title')} ref={list}>
        {rows.map((row) => (
          <div
            key={row.code}
            role="treeitem"
            aria-level={row.level}
            aria-expanded={row.level === 1 ? row.open : undefined}
            aria-selected={row.code === current}
            tabIndex={row.code === stop ? 0 : -1}
            data-code={row.code}
            aria-disabled={row.level === 2 && row.community === null}
            className={row.level === 1 ? 'town-row' : 'community-row'}
            onKeyDown={(event) => walk(event, row)}
            onClick={() => {
              setReached(row.code);
              choose(row);
            }}
          >
            {row.level === 1 ? <TownRow row={row} /> : <CommunityRow row={row} />}
          </div>
        ))}
      </div>
      <RegionTableNote />
    </>
  );
}

const NO_PROPOSALS: readonly CommunityProposal[] = [];

/** What a run proposes, while a town or the whole plan is being divided. */
function useProposals(): readonly CommunityProposal[] {
  const dividing = useWorkspace(({ tool }) => tool === 'divide');
  return useDivision(({ run, scope }) => (dividing && ofRegion(scope) && run !== null ? run.communities : NO_PROPOSALS));
}

function TownRow({ row }: { row: Row & { level: 1 } }) {
  const { t } = useTranslation();
  const open = useProposals().filter(({ community, state }) => state === 'proposed' && community.startsWith(row.code)).length;
  return (
    <>
      {row.open ? <CaretDownOutlined /> : <CaretRightOutlined />}
      <RegionName code={row.code} name={row.name} />
      {open > 0 && (
        <span className="row-proposed" title={t('panels:tree.townProposed', { count: open })}>
          {t('panels:tree.proposedShort', { count: open })}
        </span>
      )}
      <span className="town-count" title={t('panels:tree.townDrawn', { drawn: row.drawn, total: row.total })}>
        {row.drawn}/{row.total}
      </span>
    </>
  );
}

function CommunityRow({ row: { code, name, community } }: { row: Row & { level: 2 } }) {
  return (
    <>
      <RegionName code={code} name={name} short={shortCommunityName(name)} />
      {community !== null && <CommunityState community={community} />}
    </>
  );
}

function CommunityState({ community }: { community: CommunityProgress }) {
  const { t } = useTranslation();
  const others = useWorkspace((workspace) => workspace.others);
  const people = others.filter((person) => person.community === community.code);
  const proposal = useProposals().find((one) => one.community === community.code);
  return (
    <>
      {people.map((person) => (
        <PersonTag key={person.tab} person={person} />
      ))}
      {proposal?.state === 'proposed' && (
        <span
          className="row-proposed"
          title={t('panels:tree.proposed', { before: proposal.before.grids, after: proposal.after.grids, within: proposal.after.within })}
        >
          {proposal.before.grids} → {proposal.after.grids}
        </span>
      )}
      {proposal?.state === 'accepted' && <CheckOutlined className="row-accepted" aria-label={t('tools:divide.state.accepted')} />}
      {community.errors > 0 && <span className="row-errors">▲{community.errors}</span>}
      {community.warnings > 0 && <span className="row-warnings">●{community.warnings}</span>}
      <CommunityBars community={community} />
    </>
  );
}

function rowsOf(
  towns: readonly { code: string; name: string }[],
  progress: ReadonlyMap<string, CommunityProgress>,
  regions: ReadonlyMap<string, Region>,
  open: ReadonlySet<string>,
): Row[] {
  const byTown = new Map<string, (Row & { level: 2 })[]>();
  const add = (row: Row & { level: 2 }): unknown => byTown.set(townOf(row.code), [...(byTown.get(townOf(row.code)) ?? []), row]);
  for (const community of progress.values()) add({ level: 2, code: community.code, name: community.name, community });
  const nameOnly = [...regions.values()].filter(({ bounds, validTo }) => bounds === null && validTo === null);
  for (const { code, name } of nameOnly.filter(({ level }) => level === 'community')) add({ level: 2, code, name, community: null });
  const all = [...towns, ...nameOnly.filter(({ code, level }) => level === 'town' && byTown.has(code))];
  return all.sort(byCode).flatMap(({ code, name }): Row[] => {
    const communities = (byTown.get(code) ?? []).sort(byCode);
    const divided = communities.flatMap(({ community }) => community ?? []);
    const town: Row = { level: 1, code, name, drawn: divided.filter(isDrawn).length, total: divided.length, open: open.has(code) };
    return town.open ? [town, ...communities] : [town];
  });
}

const byCode = (a: { code: string }, b: { code: string }): number => (a.code < b.code ? -1 : 1);
const townOf = (community: string): string => community.slice(0, 9);

/** Every block is in a grid. */
export function isDrawn({ blocks, blocksAssigned }: CommunityProgress): boolean {
  return blocks > 0 && blocksAssigned === blocks;
}
