// Opens one community for editing: reads it whole, misses no update that arrives while it is read.
import type { OperationAnswer } from '../../core/api/messages.ts';
import type { Client } from '../api/client.ts';
import { applyToCommunity } from './apply-answer.ts';
import type { Bench } from './bench.ts';
import type { ActiveCommunity, Workspace } from './workspace.ts';

export interface CommunityDesk {
  open: Workspace['openCommunity'];
  /** Reads the open community anew; any other is left alone. */
  reload: (code: string) => Promise<void>;
  /** An update to the community that is open or being read. */
  receive: (answer: OperationAnswer) => void;
}

export const NO_BLOCKS: ReadonlySet<number> = new Set();

export function communityDesk(bench: Bench): CommunityDesk {
  const { client, get, set } = bench;
  /** Updates that came while the community was being read: they may be newer than what was read. */
  let early: OperationAnswer[] = [];

  async function load(code: string): Promise<void> {
    const plan = get().plan?.id;
    if (plan === undefined) return;
    set({ opening: code });
    early = [];
    const read = await bench.attempt(() => readCommunity(client, plan, code));
    if (get().opening !== code || get().plan?.id !== plan) return;
    set({ opening: null, ...(read !== null && { active: early.reduce(advance, read) }) });
  }

  return {
    open: async (code, options = { zoom: true }) => {
      const { active, opening, progress, planGrids, selectedGrid } = get();
      const community = code === null ? undefined : progress.get(code);
      if (community !== undefined && options.zoom) set({ focus: { bounds: community.bounds, serial: bench.nextSerial() } });
      if (code !== null && (opening ?? active?.code) === code) return;
      const keeps = planGrids.features.some(({ properties }) => properties.id === selectedGrid && properties.community === code);
      set({
        active: null,
        opening: null,
        preview: null,
        problem: null,
        selectedBlocks: NO_BLOCKS,
        selectedGrid: keeps ? selectedGrid : null,
      });
      if (community !== undefined) await load(community.code);
    },

    reload: async (code) => {
      const { active, opening } = get();
      if (opening === null && active?.code === code) await load(code);
    },

    receive: (answer) => {
      const { active, opening } = get();
      if (opening !== null) early.push(answer);
      if (active === null) return;
      const missedSome = answer.community === active.code && answer.revision > active.revision + 1;
      if (missedSome) void load(active.code);
      else set({ active: advance(active, answer) });
    },
  };
}

/** Lays an update over the community unless it is already in it. */
function advance(community: ActiveCommunity, answer: OperationAnswer): ActiveCommunity {
  const known = answer.community === community.code && answer.revision <= community.revision;
  return known ? community : applyToCommunity(community, answer);
}

/** Blocks come first: they carry the revision, and whatever is read after them is at least as new. */
async function readCommunity(client: Client, plan: number, code: string): Promise<ActiveCommunity> {
  const blocks = await client.blocks(plan, code);
  const [grids, buildings, barriers, institutions, report] = await Promise.all([
    client.grids(plan, code),
    client.buildings(plan, code),
    client.barriers(plan, code),
    client.institutions(plan, code),
    client.checks(plan, code),
  ]);
  return {
    code,
    revision: blocks.revision,
    grids,
    blocks,
    buildings,
    barriers,
    institutions,
    issues: report.issues.filter((issue) => issue.community === code),
    undo: blocks.undo,
    redo: blocks.redo,
  };
}
