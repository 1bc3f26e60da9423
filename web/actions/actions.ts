// The actions of the screen with their keys, in the order of the help page.

import { currentLanguage } from '../i18n/language.ts';
import { chooseLanguage } from '../i18n/texts.ts';
import { boundsOfGrid } from '../state/bounds.ts';
import { type Desk, useLayout } from '../state/layout.ts';
import { frozenWhy } from '../state/lifecycle-frozen.ts';
import { useOfficial } from '../state/official.ts';
import { whyNot } from '../state/session.ts';
import { useWorkspace } from '../state/store.ts';
import type { Workspace } from '../state/workspace.ts';
import { type Action, type ActionId, controlKey, plainKey, type Reason } from './action.ts';
import { download } from './download.ts';

export const SEARCH_FIELD_ID = 'place-search';

const always = (): null => null;
const layout = useLayout.getState;
const workspace = useWorkspace.getState;

const withPlan = ({ plan }: Workspace): Reason | null => (plan === null ? { key: 'shell:why.noPlan' } : null);
const withParent = (now: Workspace): Reason | null =>
  withPlan(now) ?? (now.plan?.parent == null ? { key: 'lifecycle:why.noParent' } : null);
const asReason = (key: string | null): Reason | null => (key === null ? null : { key });
const whyFrozen = (now: Workspace): Reason | null => asReason(frozenWhy(now));
const whyNoImport = (now: Workspace): Reason | null => asReason(whyNot(now, 'import'));
const whyNoNewPlan = (now: Workspace): Reason | null => asReason(whyNot(now, 'edit-plan'));
const withCommunity = ({ active }: Workspace): Reason | null => (active === null ? { key: 'shell:why.noCommunity' } : null);

export const actions: readonly Action[] = [
  {
    id: 'undo',
    key: 'Ctrl+Z',
    matches: controlKey('z', false),
    unavailable: (now) => withCommunity(now) ?? whyFrozen(now) ?? (now.active?.undo ? null : { key: 'shell:why.nothingToUndo' }),
    run: () => void workspace().transact({ type: 'undo' }),
  },
  {
    id: 'redo',
    key: 'Ctrl+Y',
    matches: (event) => controlKey('y', false)(event) || controlKey('z', true)(event),
    unavailable: (now) => withCommunity(now) ?? whyFrozen(now) ?? (now.active?.redo ? null : { key: 'shell:why.nothingToRedo' }),
    run: () => void workspace().transact({ type: 'redo' }),
  },
  { id: 'frame', key: 'F', matches: plainKey('f'), unavailable: withPlan, run: frame },
  { id: 'nextIssue', key: 'N', matches: plainKey('n'), unavailable: withIssues, run: showNextIssue },
  { id: 'rules', key: 'U', matches: plainKey('u'), unavailable: always, run: () => layout().openDialog('rules') },
  { id: 'check', key: 'K', matches: plainKey('k'), unavailable: whyNoCheck, run: checkAll },
  { id: 'codes', key: 'G', matches: plainKey('g'), unavailable: whyNoCodes, run: () => void workspace().issueCodes() },
  { id: 'export', key: 'E', matches: plainKey('e'), unavailable: whyNoExport, run: () => download(workspace().exportAddress()) },
  { id: 'print', key: 'Ctrl+P', matches: controlKey('p', false), unavailable: withPlan, run: () => layout().openDialog('print') },
  { id: 'history', key: 'H', matches: plainKey('h'), unavailable: withCommunity, run: () => layout().openDialog('history') },
  { id: 'import', key: 'I', matches: plainKey('i'), unavailable: whyNoImport, run: () => layout().openDialog('import') },
  { id: 'newPlan', key: 'P', matches: plainKey('p'), unavailable: whyNoNewPlan, run: () => layout().openDialog('new-plan') },
  { id: 'lifecycle', key: 'W', matches: plainKey('w'), unavailable: withPlan, run: () => toggleDesk('lifecycle') },
  { id: 'comparison', key: 'Y', matches: plainKey('y'), unavailable: withParent, run: () => toggleDesk('comparison') },
  { id: 'official', key: 'O', matches: plainKey('o'), unavailable: withPlan, run: () => void useOfficial.getState().toggle() },
  { id: 'filing', key: 'J', matches: plainKey('j'), unavailable: always, run: () => toggleDesk('filing') },
  { id: 'oneNet', key: 'Q', matches: plainKey('q'), unavailable: withPlan, run: () => toggleDesk('one-net') },
  { id: 'search', key: '/', matches: plainKey('/'), unavailable: always, run: () => document.getElementById(SEARCH_FIELD_ID)?.focus() },
  { id: 'baseMap', key: 'T', matches: plainKey('t'), unavailable: whyNoBaseMap, run: () => layout().toggleBaseMap() },
  { id: 'left', key: '[', matches: plainKey('['), unavailable: always, run: () => layout().toggleLeft() },
  { id: 'right', key: ']', matches: plainKey(']'), unavailable: always, run: () => layout().toggleRight() },
  { id: 'checks', key: 'C', matches: plainKey('c'), unavailable: always, run: () => layout().toggleChecks() },
  {
    id: 'language',
    key: 'L',
    matches: plainKey('l'),
    unavailable: always,
    run: () => void chooseLanguage(currentLanguage() === 'zh' ? 'en' : 'zh'),
  },
  { id: 'help', key: '?', matches: plainKey('?'), unavailable: always, run: () => layout().openDialog('help') },
];

/** The action of that id. */
export function actionOf(id: ActionId): Action {
  const action = actions.find((candidate) => candidate.id === id);
  if (action === undefined) throw new Error(`no action ${id}`);
  return action;
}

function whyNoCheck(now: Workspace): Reason | null {
  return withPlan(now) ?? (now.busy === null ? null : { key: `shell:why.busy.${now.busy}` });
}

function checkAll(): void {
  layout().showAllChecks();
  void workspace().checkAll();
}

function toggleDesk(desk: Desk): void {
  const { dialog, openDialog } = layout();
  openDialog(dialog === desk ? null : desk);
}

function whyNoCodes(now: Workspace): Reason | null {
  const frozen = whyFrozen(now);
  if (frozen !== null && now.plan !== null) return frozen;
  const errors = sum(now, 'errors');
  if (errors > 0) return { key: 'shell:why.errors', values: { count: errors } };
  return whyNoExport(now) ?? (now.busy === null ? null : { key: `shell:why.busy.${now.busy}` });
}

function whyNoExport(now: Workspace): Reason | null {
  return withPlan(now) ?? (sum(now, 'grids') === 0 ? { key: 'shell:why.noGrids' } : null);
}

function whyNoBaseMap({ health }: Workspace): Reason | null {
  return health?.map.baseMap ? null : { key: 'shell:why.noBaseMap' };
}

function withIssues({ report, active }: Workspace): Reason | null {
  return (active?.issues ?? report?.issues ?? []).length > 0 ? null : { key: 'shell:why.noIssues' };
}

function sum({ progress }: Workspace, count: 'errors' | 'grids'): number {
  let total = 0;
  for (const community of progress.values()) total += community[count];
  return total;
}

/** The selected grid, else the open community, else the whole plan. */
function frame(): void {
  const { active, selectedGrid, progress, plan, focusOn, openPlan } = workspace();
  const grid = active?.grids.features.find(({ properties }) => properties.id === selectedGrid);
  const community = active === null ? undefined : progress.get(active.code);
  if (grid !== undefined) focusOn(boundsOfGrid(grid));
  else if (community !== undefined) focusOn(community.bounds);
  else if (plan !== null) void openPlan(plan.id);
}

let shownIssue = -1;
function showNextIssue(): void {
  const { active, report, selectGrid, focusOn } = workspace();
  const issues = active?.issues ?? report?.issues ?? [];
  shownIssue = (shownIssue + 1) % issues.length;
  const issue = issues[shownIssue];
  if (issue === undefined) return;
  if (issue.grid !== null) selectGrid(issue.grid);
  if (issue.place !== null) focusOn(issue.place);
}
