// The layout of a package: all checks of a finished layout are made again, and what they find has to be excused by a reason.
import type { PackageFinding } from '../../api/messages.ts';
import { checkLayout } from '../../layout-check/check-layout.ts';
import type { LayoutCheckId, LayoutIssue } from '../../layout-check/issue.ts';
import { readLayout } from '../../layout-check/read-layout.ts';
import type { Profile } from '../../rules/profile.ts';
import type { PackageContents } from '../schemas.ts';
import { packageFinding } from '../texts.ts';
import type { groundOf } from './ground.ts';

const FILE = 'layout.geojson';

/** “About” leaves room for a reason; a tiling, a sum or a code is right or wrong, whatever a profile says. */
const EXCUSABLE: ReadonlySet<LayoutCheckId> = new Set([
  'size',
  'contiguous',
  'building',
  'barrier',
  'border',
  'compact',
  'kind',
  'name',
] as const);

export function layoutFindings(bytes: Uint8Array, contents: PackageContents, ground: ReturnType<typeof groundOf>): PackageFinding[] {
  const profile = strict(contents['profile.json']);
  const surroundings = { ...ground, profile, scheme: contents['scheme.json'], populationEstimated: false };
  return checkLayout(readLayout(bytes), surroundings).issues.flatMap((issue) => issueFinding(issue, contents) ?? []);
}

/** The profile comes with the package: it may not soften what is no matter of measure. */
function strict(profile: Profile): Profile {
  const severity = Object.entries(profile.severity).filter(([check]) => EXCUSABLE.has(check as LayoutCheckId));
  return { ...profile, severity: Object.fromEntries(severity) };
}

/** null: nothing to tell. */
function issueFinding(issue: LayoutIssue, contents: PackageContents): PackageFinding | null {
  const { check, severity, feature, community, message, place } = issue;
  // Grids that were added later stand out of the reading order and are right; that every grid has a code is asked elsewhere.
  if (severity === 'note' || (check === 'code' && severity === 'warning')) return null;
  const at = feature !== null ? `feature ${feature}` : (community ?? place?.join(', ') ?? null);
  const told = { file: FILE, values: { check, zh: message.zh, en: message.en }, at };
  if (!EXCUSABLE.has(check)) return packageFinding('layout', told);
  if (isExcused(issue, contents)) return packageFinding('layout-excused', { ...told, severity: 'note' });
  return packageFinding(severity === 'error' ? 'layout' : 'layout-unexplained', told);
}

/** By the reason of the grid, or by one that was given for the same check when the plan was submitted. */
function isExcused({ check, grid, feature, community }: LayoutIssue, contents: PackageContents): boolean {
  const subject = feature === null ? undefined : contents[FILE].features[feature - 1]?.properties;
  if (subject && subject.reason.trim() !== '') return true;
  const home = subject?.community ?? community;
  return contents['checks.json'].checks.some(
    (one) =>
      one.check === check &&
      one.community === home &&
      one.reason.trim() !== '' &&
      (one.grid === grid || one.grid === null || grid === null),
  );
}
