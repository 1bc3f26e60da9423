// Writes what an import changes of what is stored: blocks, buildings, and with them every open plan and its history.
import type { BoundaryChange } from '../../core/api/import-messages.ts';
import type { AreaChange, Reimport } from '../../core/import/reimport/reimport.ts';
import { NO_CHANGE, type Reassignment } from '../../core/plan/change.ts';
import type { Grid } from '../../core/plan/state.ts';
import { inChunks } from '../database/in-chunks.ts';
import type { Queryable } from '../database/queryable.ts';
import { polygonToWkb, wkbToMultiPolygon } from '../database/wkb.ts';
import type { Identity } from '../http/identity.ts';
import { recheckCommunity } from '../operations/perform.ts';
import { insertOperation, readBearers, readGrids, reserveIds, writeRegionOutlines, writeShapes, writeSplits } from '../operations/store.ts';
import { refreshCommunity } from '../plans/refresh-grids.ts';
import { retireEmptyGrids } from '../plans/store.ts';
import { ReimportRefused } from './reimport-refused.ts';
import {
  addBarriers,
  addBuildings,
  addInstitutions,
  type ConcernedPlan,
  countAssigned,
  insertBlocks,
  joinOpenPlans,
  lockBlocks,
  lockPlans,
  nextRevision,
  outlineBytes,
  raiseBlockRevisions,
  refreshThematicGrids,
  removeBuildings,
  retireBlocks,
  updateBuildings,
  writeCounts,
  writeNames,
} from './reimport-store.ts';

export interface WrittenReimport {
  readonly boundaries: BoundaryChange[];
  /** Plans that look otherwise now: after the commit each is told to load anew (`refresh`). */
  readonly plans: number[];
}

/** How many rows `writeReimport` will tell of. */
export function countReimport({ added, changedBuildings, addedBuildings, counts, barriers, institutions }: Reimport): number {
  return [added, changedBuildings, addedBuildings, counts, barriers, institutions].reduce((sum, { length }) => sum + length, 0);
}

/** Whether there is nothing to write. */
function isNothing(reimport: Reimport): boolean {
  const { newCommunities, renamed, splits, reshapes, retired, removedBuildings } = reimport;
  const rows = [newCommunities, renamed, splits, reshapes, retired, removedBuildings];
  return countReimport(reimport) === 0 && rows.every(({ length }) => length === 0);
}

/**
 * Writes it, with blocks, buildings, plans and their histories. Regions above new communities have to be there, and their outlines are
 * for the caller to refresh. Nothing to write: no row is touched. What `onRows` throws stops it. Throws ReimportRefused: overtaken (the
 * communities changed since they were read), a plan of a community with a newer boundary is being approved, buildings would be left in
 * no community.
 */
export async function writeReimport(
  db: Queryable,
  by: Pick<Identity, 'name'>,
  reimport: Reimport,
  onRows: (rows: number) => void = () => {},
): Promise<WrittenReimport> {
  refuseHomeless(reimport);
  if (isNothing(reimport)) return { boundaries: [], plans: [] };
  const concerned = concernedCommunities(reimport);
  const plans = await lockPlans(db, concerned);
  refuseUnderWay(reimport, plans);
  refuseOvertaken(reimport, await lockBlocks(db, Object.keys(reimport.revisions)));
  const written = withIds(reimport, await newIds(db, reimport));
  await writeNames(db, written);
  const moves = await writeBlocks(db, written, onRows);
  await writeBuildings(db, written, onRows);
  await inChunks(written.barriers, (barriers) => addBarriers(db, barriers), onRows);
  await inChunks(written.institutions, (institutions) => addInstitutions(db, institutions), onRows);
  const joined = await joinOpenPlans(db, gainingLand(written));
  const open = plans.filter(({ editable }) => editable);
  await refreshPlans(db, by, written, open, moves);
  const boundaries = await Promise.all(written.areas.map((change) => boundaryChange(db, change, written, plans)));
  return { boundaries, plans: [...new Set([...open.map(({ plan }) => plan), ...joined])] };
}

/** Whose blocks or buildings change. */
function concernedCommunities({ outlines, counts, changedBuildings, addedBuildings }: Reimport): string[] {
  const touched = [...counts, ...changedBuildings, ...addedBuildings].map(({ community }) => community);
  return [...new Set([...Object.keys(outlines), ...touched])].sort();
}

/** Communities that no plan may know yet: new, or known by name alone so far. */
function gainingLand({ added, areas }: Reimport): string[] {
  const known = new Set(areas.map(({ community }) => community));
  return [...new Set(added.map(({ community }) => community))].filter((code) => !known.has(code));
}

function refuseHomeless({ homelessBuildings, removedBuildings }: Reimport): void {
  const removed = new Set(removedBuildings);
  const left = homelessBuildings.filter(({ id }) => !removed.has(id));
  if (left.length === 0) return;
  const households = left.reduce((sum, building) => sum + building.households, 0);
  throw new ReimportRefused('import-leaves-buildings', { community: left[0]?.community ?? '', count: left.length, households });
}

/** Who approves a plan approves it for the boundary that they see: it is settled or returned first. */
function refuseUnderWay({ areas }: Reimport, plans: readonly ConcernedPlan[]): void {
  const changed = new Map(areas.map((area) => [area.community, area.name]));
  const found = plans.find(({ community, state }) => changed.has(community) && (state === 'submitted' || state === 'approved'));
  if (found) throw new ReimportRefused('import-plan-under-way', { plan: found.name, community: changed.get(found.community) ?? '' });
}

function refuseOvertaken({ revisions }: Reimport, now: ReadonlyMap<string, number>): void {
  const moved = Object.keys(revisions).find((code) => revisions[code] !== now.get(code));
  if (moved !== undefined) throw new ReimportRefused('import-overtaken', { community: moved });
}

async function newIds(db: Queryable, { splits, added }: Reimport): Promise<ReadonlyMap<number, number>> {
  const fresh = [...splits.flatMap(({ parts }) => parts), ...added].map(({ id }) => id);
  const { blocks } = await reserveIds(db, { blocks: fresh.length, grids: 0 });
  return new Map(fresh.map((id, i) => [id, blocks[i] as number]));
}

function withIds(reimport: Reimport, ids: ReadonlyMap<number, number>): Reimport {
  const idOf = (block: number): number => ids.get(block) ?? block;
  return {
    ...reimport,
    splits: reimport.splits.map((split) => ({ ...split, parts: split.parts.map((part) => ({ ...part, id: idOf(part.id) })) })),
    added: reimport.added.map((block) => ({ ...block, id: idOf(block.id) })),
    counts: reimport.counts.map((count) => ({ ...count, block: idOf(count.block) })),
    changedBuildings: reimport.changedBuildings.map((building) => ({ ...building, block: idOf(building.block) })),
    addedBuildings: reimport.addedBuildings.map((building) => ({ ...building, block: idOf(building.block) })),
  };
}

/** A block of an open plan that its grid lost. */
type Loss = Awaited<ReturnType<typeof retireBlocks>>[number];

/** The parts of a block first, all of them: what gives up its place then says which grids it leaves. */
async function writeBlocks(db: Queryable, reimport: Reimport, onRows: (rows: number) => void): Promise<Loss[]> {
  const { splits, retired, reshapes, added } = reimport;
  const parts = splits.flatMap(({ parent, community, parts: all }) => all.map((part) => ({ ...part, parent, community })));
  await writeSplits(
    db,
    parts.map(({ id, parent, community, polygon }) => {
      return { id, parent, community, households: 0, population: 0, buildings: 0, shape: polygonToWkb(polygon) };
    }),
  );
  const leaving = parts.filter(({ stays }) => !stays).map(({ id }) => id);
  const losses = await retireBlocks(db, [...leaving, ...retired.map(({ block }) => block)]);
  await writeShapes(
    db,
    reshapes.map(({ block, polygon }) => ({ block, shape: polygonToWkb(polygon) })),
  );
  await inChunks(added, (blocks) => insertBlocks(db, blocks), onRows);
  await writeRegionOutlines(db, outlineBytes(reimport.outlines));
  return losses;
}

async function writeBuildings(db: Queryable, reimport: Reimport, onRows: (rows: number) => void): Promise<void> {
  await removeBuildings(db, reimport.removedBuildings);
  await inChunks(reimport.changedBuildings, (buildings) => updateBuildings(db, buildings), onRows);
  await inChunks(reimport.addedBuildings, (buildings) => addBuildings(db, buildings), onRows);
  await inChunks(reimport.counts, (counts) => writeCounts(db, counts), onRows);
  const counted = new Set(reimport.counts.map(({ community }) => community));
  await raiseBlockRevisions(
    db,
    [...counted].filter((code) => !(code in reimport.outlines)),
  );
}

/** Grids, counts, histories and checks of the open plans. */
async function refreshPlans(
  db: Queryable,
  by: Pick<Identity, 'name'>,
  { areas }: Reimport,
  open: readonly ConcernedPlan[],
  losses: readonly Loss[],
): Promise<void> {
  const bearers = new Map<string, Pick<ConcernedPlan, 'plan' | 'community'>>();
  for (const { plan, community } of open) {
    const area = areas.find((change) => change.community === community);
    const lost = losses.filter((loss) => loss.plan === plan && loss.community === community);
    const removed = area ? await writeHistory(db, by, { plan, community, area, lost }) : [];
    await refreshCommunity(db, plan, community);
    await refreshThematicGrids(db, plan, community);
    for (const other of await readBearers(db, plan, community, removed)) {
      bearers.set(`${plan} ${other}`, { plan, community: other });
    }
  }
  // A name that is given up is not borne twice any more.
  const others = [...bearers.values()].filter(
    (other) => !open.some((known) => known.plan === other.plan && known.community === other.community),
  );
  for (const { plan, community } of [...open, ...others]) await recheckCommunity(db, plan, community);
}

interface PlanStep {
  readonly plan: number;
  readonly community: string;
  readonly area: AreaChange;
  readonly lost: readonly Loss[];
}

/** Removes the grids that lost all their land, and writes the row of the history. Answers their names. */
async function writeHistory(db: Queryable, by: Pick<Identity, 'name'>, { plan, community, area, lost }: PlanStep): Promise<string[]> {
  const before = await readGrids(db, plan, community);
  const gone = new Set(await retireEmptyGrids(db, plan, community));
  const removed = before
    .filter(({ id }) => gone.has(id))
    .map(({ outline, ...grid }): Grid => ({ ...grid, community, area: outline && wkbToMultiPolygon(outline) }));
  const { kept, cut, added, gainedM2, lostM2 } = area;
  await insertOperation(db, {
    plan,
    community,
    revision: await nextRevision(db, plan, community),
    actor: by.name,
    request: { type: 'boundary', kept, cut, added, gainedM2, lostM2 },
    change: {
      ...NO_CHANGE,
      grids: removed.map((grid) => ({ before: grid, after: null })),
      assignments: lost.map(({ block, grid }): Reassignment => ({ block, from: grid, to: null })),
    },
    reason: '',
  });
  return removed.flatMap(({ name }) => name || []);
}

async function boundaryChange(
  db: Queryable,
  change: AreaChange,
  { splits, added }: Reimport,
  plans: readonly ConcernedPlan[],
): Promise<BoundaryChange> {
  const own = plans.filter(({ community }) => community === change.community);
  const parts = splits.filter(({ community }) => community === change.community).flatMap((split) => split.parts);
  const staying = parts.filter(({ stays }) => stays).map(({ id }) => id);
  const blocks = [...staying, ...added.filter(({ community }) => community === change.community).map(({ id }) => id)];
  const assigned = await countAssigned(db, blocks);
  return {
    ...change,
    plans: own
      .filter(({ editable }) => editable)
      .map(({ plan, name }) => {
        const inGrids = assigned.get(plan) ?? 0;
        return { id: plan, name, assigned: inGrids, unassigned: blocks.length - inGrids };
      }),
    frozen: own.filter(({ editable, state }) => !editable && state !== 'superseded').map(({ plan, name }) => ({ id: plan, name })),
  };
}
