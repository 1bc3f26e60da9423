// Reads settled plans for a package: one short transaction for each community, geometry as the database has it.

import type { RecordedReason } from '../../core/api/messages.ts';
import type { Scheme } from '../../core/codes/scheme.ts';
import type { FilingContents, FilingOrigin, FilingPlan } from '../../core/filing/contents.ts';
import { readHead } from '../audit/store.ts';
import type { Database } from '../database/open.ts';
import type { Queryable } from '../database/queryable.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Identity } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import {
  type BarrierRow,
  type BuildingRow,
  type CellRow,
  type GridRow,
  type InstitutionRow,
  readBarrierRows,
  readBuildingRows,
  readCellRows,
  readGridRows,
  readInstitutionRows,
} from '../layout/store.ts';
import { schemeVersion } from '../schemes/plan-scheme.ts';
import { readVersion } from '../versions/store.ts';
import { codeChanges } from './code-changes.ts';
import {
  type CommunityToFile,
  type PlanToFile,
  readCommunitiesToFile,
  readPlansToFile,
  readRegionName,
  readSignatures,
  readSubmitReasons,
} from './source-store.ts';

/** All that a thread needs to put a package together. */
export interface FilingSource extends Omit<FilingContents, 'plans' | 'regionTable'> {
  readonly plans: readonly PlanSource[];
}

export interface PlanSource extends Pick<FilingPlan, 'plan' | 'digest' | 'signatures' | 'changes'> {
  /** Why warnings may stand, check by check. */
  readonly reasons: readonly RecordedReason[];
  readonly cells: readonly CellRow[];
  readonly communities: readonly CommunitySource[];
}

export interface CommunitySource extends CommunityToFile {
  readonly grids: readonly GridRow[];
  readonly buildings: readonly BuildingRow[];
  readonly barriers: readonly BarrierRow[];
  readonly institutions: readonly InstitutionRow[];
}

/** Digits of the code of a city. */
const CITY_DIGITS = 4;

/** The city that all the plans lie in. Throws ProblemError plans-of-several-cities (422). */
export function cityOf(plans: readonly { readonly region: string }[]): string {
  const cities = new Set(plans.map(({ region }) => region.slice(0, CITY_DIGITS)));
  const [city] = cities;
  if (city === undefined || cities.size > 1) throw new ProblemError(422, 'plans-of-several-cities', { found: [...cities].join(', ') });
  return city;
}

/**
 * The plans, all of them settled and under the same rules. Throws ProblemError: unknown-plan (404), plan-not-settled (409),
 * plans-of-several-cities, plans-differ-in-rules (422).
 */
export async function plansToFile(db: Queryable, ids: readonly number[]): Promise<PlanToFile[]> {
  const plans = await readPlansToFile(db, ids);
  const missing = ids.find((id) => !plans.some((plan) => plan.id === id));
  if (missing !== undefined) throw new ProblemError(404, 'unknown-plan', { plan: missing });
  const unsettled = plans.find(({ state }) => state !== 'settled');
  if (unsettled) throw new ProblemError(409, 'plan-not-settled', { plan: unsettled.id, name: unsettled.name });
  cityOf(plans);
  const rules = new Set(plans.map((plan) => [plan.profile, plan.profileVersion, plan.scheme, plan.schemeVersion].join(' ')));
  if (rules.size > 1) throw new ProblemError(422, 'plans-differ-in-rules');
  return plans;
}

/** Throws ProblemError plans-overlap (422): two of the plans divide the same community. */
export async function readSource(
  database: Database,
  plans: readonly PlanToFile[],
  by: Identity,
  { sheetMark, day }: { readonly sheetMark: string; readonly day: string },
): Promise<FilingSource> {
  const created: FilingOrigin = { day, person: by.name, organ: by.organ };
  const head = await inTransaction(database, by, async (db) => ({ ...(await readRules(db, plans)), auditHead: await readHead(db) }));
  const sources: PlanSource[] = [];
  const seen = new Set<string>();
  for (const plan of plans) {
    const source = await readPlanSource(database, plan, by);
    for (const { code } of source.communities) {
      if (seen.has(code)) throw new ProblemError(422, 'plans-overlap', { community: code });
      seen.add(code);
    }
    sources.push(source);
  }
  return { ...head, created, sheetMark, synthetic: plans.some(({ synthetic }) => synthetic), plans: sources };
}

async function readRules(db: Queryable, plans: readonly PlanToFile[]): Promise<Pick<FilingSource, 'city' | 'profile' | 'scheme'>> {
  const code = cityOf(plans);
  const [first] = plans as [PlanToFile];
  const profile = await readVersion(db, 'profile', first.profile, first.profileVersion);
  if (!profile) throw new Error(`version ${first.profileVersion} of the profile ${first.profile} is not there`);
  return {
    city: { code, name: (await readRegionName(db, code)) ?? code },
    profile: { version: first.profileVersion, content: profile.content },
    scheme: await schemeOfPlan(db, first),
  };
}

/** Of a shipped scheme with a check character added there is one version. */
async function schemeOfPlan(db: Queryable, { scheme, schemeVersion: version }: PlanToFile): Promise<FilingSource['scheme']> {
  const content = version === null ? await schemeVersion(db, scheme, null) : (await readVersion(db, 'scheme', scheme, version))?.content;
  if (!content) throw new Error(`the code scheme ${scheme} is not there`);
  return { version: version ?? 1, content: content as Scheme };
}

async function readPlanSource(database: Database, plan: PlanToFile, by: Identity): Promise<PlanSource> {
  const read = await inTransaction(database, by, async (db) => {
    const { reason, reasons } = await readSubmitReasons(db, plan.id);
    return {
      reasons,
      signatures: await readSignatures(db, plan.id),
      changes: await codeChanges(db, plan.id, reason),
      cells: await readCellRows(db, plan.id),
      communities: await readCommunitiesToFile(db, plan.id),
    };
  });
  const communities: CommunitySource[] = [];
  for (const community of read.communities) {
    communities.push(await inTransaction(database, by, (db) => readCommunitySource(db, plan.id, community)));
  }
  const { id, name, region, regionName, parent } = plan;
  return { ...read, plan: { id, name, region, regionName, parent }, digest: plan.digest ?? '', communities };
}

async function readCommunitySource(db: Queryable, plan: number, community: CommunityToFile): Promise<CommunitySource> {
  const { code } = community;
  return {
    ...community,
    grids: await readGridRows(db, plan, code),
    buildings: await readBuildingRows(db, code),
    barriers: await readBarrierRows(db, code),
    institutions: await readInstitutionRows(db, code),
  };
}
