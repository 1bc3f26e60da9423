// Communities of an import beside the table of region codes: a name that is another there, a code that has ended.
import type { Findings } from '../import/findings.ts';

export interface KnownCommunity {
  readonly code: string;
  readonly name: string;
  /** First day on which it is no more, YYYY-MM-DD; null: it holds. */
  readonly validTo: string | null;
  /** Code and name of what took its place. */
  readonly successor: string | null;
}

interface GivenCommunity {
  readonly feature: number;
  readonly code: string;
  readonly name: string;
}

/** Refuses communities that have ended; of another name it says that the known one is kept. */
export function judgeCommunities(communities: readonly GivenCommunity[], known: readonly KnownCommunity[], findings: Findings): void {
  const byCode = new Map(known.map((community) => [community.code, community]));
  for (const { feature, code, name } of communities) {
    const community = byCode.get(code);
    if (!community) continue;
    if (community.validTo !== null) {
      const values = { code, name, end: community.validTo, heir: community.successor ?? '—' };
      findings.refuse('communities', 'community-ended', { feature, field: 'code', values });
    } else if (community.name !== name && community.name !== code) {
      findings.mend('communities', 'name-by-table', { feature, field: 'name', values: { code, name, kept: community.name } });
    }
  }
}
