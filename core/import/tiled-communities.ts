// Judges how the communities of an import fit together and with those that are stored: every gap and overlap becomes a finding.
import type { ImportDecisions, ImportMisfit } from '../api/import-messages.ts';
import type { MultiPolygon } from '../coverage/geometry.ts';
import { multiPolygonAreaM2 } from '../geo/measure.ts';
import type { ParentNames, ReadCommunity } from './communities.ts';
import type { Findings } from './findings.ts';
import { importMisfit, type Misfit, type MissingVertices, NO_DECISIONS, type TiledCommunity } from './misfits.ts';
import { degrees } from './shapes.ts';
import { tileCommunities } from './tiling.ts';

interface ValidCommunity {
  readonly feature: number;
  readonly code: string;
  readonly name: string;
  readonly parents: ParentNames;
  readonly area: MultiPolygon;
}

export interface BorderOptions {
  /** undefined: nobody was asked. */
  readonly decisions?: ImportDecisions | undefined;
  /** Stored communities around the new ones, as outlines of their blocks. One that is new, too, is left out. */
  readonly stored?: readonly TiledCommunity[] | undefined;
}

export interface TiledCommunities {
  readonly communities: readonly ValidCommunity[];
  /** Gaps and overlaps; those that nobody decided stop the import. */
  readonly misfits: readonly ImportMisfit[];
  /** Before the communities are written, the stored blocks have to have these. */
  readonly vertices: readonly MissingVertices[];
}

export function tiledCommunities(
  read: readonly ReadCommunity[],
  { decisions, stored = [] }: BorderOptions,
  findings: Findings,
): TiledCommunities {
  const rows = new Map(read.map((community) => [community.code, community]));
  const { areas, misfits, vertices } = tileCommunities(
    read.map(({ code, name, polygons }) => ({ code, name, area: polygons })),
    {
      ...NO_DECISIONS,
      ...(decisions && { toleranceM: decisions.toleranceM, decisions: decisions.misfits, others: decisions.otherMisfits }),
      fixed: stored.filter(({ code }) => !rows.has(code)),
    },
  );
  for (const misfit of misfits) reportMisfit(rows, misfit, findings);
  const communities = read.flatMap(({ feature, code, name, parents }, i) => {
    const area = areas[i] as MultiPolygon;
    if (area.length > 0 && multiPolygonAreaM2(area) > 0) return [{ feature, code, name, parents, area }];
    findings.refuse('communities', 'area-nil', { feature });
    return [];
  });
  return { communities, misfits: misfits.map(importMisfit), vertices };
}

/** The row that a misfit is reported with: the receiver's where it is one of the file, else the last one's. */
function reportMisfit(rows: ReadonlyMap<string, ReadCommunity>, misfit: Misfit, findings: Findings): void {
  const concerned = misfit.communities.flatMap(({ code }) => rows.get(code) ?? []);
  const subject = concerned.find(({ code }) => code === misfit.givenTo) ?? concerned[1] ?? concerned[0];
  if (!subject) return;
  const receiver = misfit.communities.find(({ code }) => code === misfit.givenTo) ?? subject;
  const other = misfit.communities.find(({ code }) => code !== receiver.code);
  const place = {
    feature: subject.feature,
    values: { area_m2: round(misfit.areaM2), width_m: round(misfit.widthM), community: receiver.name, other: other?.name ?? '' },
    coordinate: degrees(misfit.place),
  };
  if (misfit.decidedBy === null) findings.refuse('communities', misfit.kind, place);
  else findings.mend('communities', misfit.givenTo === null ? `${misfit.kind}-open` : `${misfit.kind}-mended`, place);
}

const round = (value: number): number => Math.round(value * 10) / 10;
