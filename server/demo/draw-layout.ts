// Draws a part of the demo plan with real operations: most villages as one grid each, some urban communities divided, the rest untouched.
import type { Block } from '../../core/plan/state.ts';
import { inTransaction, SYSTEM, scoped } from '../database/transaction.ts';
import type { Context } from '../http/context.ts';
import { systemIdentity } from '../http/identity.ts';
import { performOperation } from '../operations/perform.ts';
import { readState } from '../operations/read-state.ts';
import { readProgress } from '../plans/store.ts';
import { growGroups } from './grow-groups.ts';

/** Towns whose villages are drawn, each as one grid: 宣化 (in part), 南华, 巷道, 合黎, 骆驼城. */
const VILLAGE_TOWNS = new Set(['620724102', '620724103', '620724104', '620724105']);
const BEGUN_TOWN = { code: '620724101', villages: 9 } as const;
/** 城关镇: so many communities are divided, and one more is begun. */
const URBAN_TOWN = { code: '620724100', divided: 3, begun: 1 } as const;
const ACTOR = systemIdentity('demo');

/** Undrawn communities of the plan become partly drawn. `onDrawn` is told the share done, 0–1. */
export async function drawLayout(context: Context, plan: number, onDrawn: (share: number) => void): Promise<void> {
  const communities = await readProgress(scoped(context.database, SYSTEM), plan);
  const of = (town: string) => communities.filter((community) => community.town === town);
  const villages = [...communities.filter(({ town }) => VILLAGE_TOWNS.has(town)), ...of(BEGUN_TOWN.code).slice(0, BEGUN_TOWN.villages)];
  const urban = of(URBAN_TOWN.code)
    .filter(({ kind }) => kind === 'urban')
    .slice(0, URBAN_TOWN.divided + URBAN_TOWN.begun);
  const total = villages.length + urban.length;
  for (const [i, { code, kind }] of villages.entries()) {
    const blocks = await blocksOf(context, plan, code);
    await draw(context, plan, code, kind === 'rural' ? [blocks.map(({ id }) => id)] : growGroups(blocks));
    onDrawn((i + 1) / total);
  }
  for (const [i, { code }] of urban.entries()) {
    const groups = growGroups(await blocksOf(context, plan, code));
    await draw(context, plan, code, i < URBAN_TOWN.divided ? groups : groups.slice(0, Math.ceil(groups.length / 2)));
    onDrawn((villages.length + i + 1) / total);
  }
}

async function blocksOf({ database }: Context, plan: number, community: string): Promise<Block[]> {
  const state = await inTransaction(database, SYSTEM, (db) => readState(db, plan, community, { neighbours: false }));
  return [...state.blocks.values()];
}

/** Each group becomes a grid. */
async function draw(context: Context, plan: number, community: string, groups: readonly (readonly number[])[]): Promise<void> {
  for (const [base, blocks] of groups.entries()) {
    await performOperation(context, plan, { community, base, operation: { type: 'assign', blocks: [...blocks], to: 'new' } }, ACTOR);
  }
}
