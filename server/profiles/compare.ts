// What another profile would change about one community: issues and bands before and after, gathered over all communities of a plan.
import type { BandState, ProfilePreview } from '../../core/api/messages.ts';
import type { CheckId, Issue, Place, Severity } from '../../core/rules/rule.ts';

/** Issues and grids that are listed of each kind of change; the others are counted. */
const LISTED = 20;

type IssueChange = ProfilePreview['changes'][number];
type GridChange = ProfilePreview['grids'][number];

export interface JudgedGrid {
  readonly grid: number;
  readonly name: string;
  readonly households: number;
  readonly population: number;
  readonly before: BandState;
  readonly after: BandState;
  readonly place: () => Place | null;
}

export class Comparison {
  readonly #counts = new Map<string, ProfilePreview['counts'][number]>();
  readonly #changes = new Map<string, IssueChange>();
  readonly #grids = new Map<string, GridChange>();
  readonly #communities = new Set<string>();

  /** Issues of one community under both profiles. */
  addIssues(community: string, before: readonly Issue[], after: readonly Issue[]): void {
    for (const issue of before) this.#count(issue, 'before');
    for (const issue of after) this.#count(issue, 'after');
    const left = byKey(before);
    for (const issue of after) this.#compare(community, left.get(keyOf(issue))?.pop() ?? null, issue);
    for (const issue of [...left.values()].flat()) this.#compare(community, issue, null);
  }

  addGrid(community: string, { place, before, after, ...grid }: JudgedGrid): void {
    if (before === after) return;
    this.#communities.add(community);
    const change = take(this.#grids, `${before} ${after}`, () => ({ before, after, count: 0, grids: [] }));
    change.count += 1;
    if (change.count <= LISTED) change.grids.push({ ...grid, community, place: place() });
  }

  result(): Omit<ProfilePreview, 'plan'> {
    return {
      counts: [...this.#counts.values()],
      grids: [...this.#grids.values()],
      communities: [...this.#communities].sort(),
      changes: [...this.#changes.values()],
    };
  }

  #count({ check, severity, excused }: Issue, side: 'before' | 'after'): void {
    if (excused) return;
    take(this.#counts, `${check} ${severity}`, () => ({ check, severity, before: 0, after: 0 }))[side] += 1;
  }

  #compare(community: string, before: Issue | null, after: Issue | null): void {
    const difference = weight(after) - weight(before);
    if (difference === 0) return;
    const { check } = (after ?? before) as Issue;
    this.#communities.add(community);
    const change = this.#changeOf(check, nameOf(before, after, difference));
    change.count += 1;
    if (change.count <= LISTED) change.issues.push((after ?? before) as Issue);
  }

  #changeOf(check: CheckId, change: IssueChange['change']): IssueChange {
    return take(this.#changes, `${check} ${change}`, () => ({ check, change, count: 0, issues: [] }));
  }
}

const WEIGHTS: Readonly<Record<Severity, number>> = { note: 1, warning: 2, error: 3 };

/** What a written reason excuses weighs as little as what is not there. */
const weight = (issue: Issue | null): number => (issue === null || issue.excused ? 0 : WEIGHTS[issue.severity]);

function nameOf(before: Issue | null, after: Issue | null, difference: number): IssueChange['change'] {
  if (weight(before) === 0) return 'comes';
  if (weight(after) === 0) return 'goes';
  return difference > 0 ? 'graver' : 'milder';
}

/** The same finding at the same place, whatever limit it is measured by. */
const keyOf = ({ check, grid, message, place }: Issue): string => [check, grid, message, place].join(' ');

function byKey(issues: readonly Issue[]): Map<string, Issue[]> {
  const found = new Map<string, Issue[]>();
  for (const issue of issues) take(found, keyOf(issue), () => []).push(issue);
  return found;
}

function take<T>(map: Map<string, T>, key: string, make: () => T): T {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}
