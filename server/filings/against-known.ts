// A package against what this installation knows: whose city it is, codes in the books, numbers handed out, communities and their borders.
import { reaches } from '../../core/accounts/reach.ts';
import type { PackageFinding } from '../../core/api/messages.ts';
import { parseCode } from '../../core/codes/parse.ts';
import type { Scheme } from '../../core/codes/scheme.ts';
import type { Manifest } from '../../core/filing/manifest.ts';
import type { Severity } from '../../core/rules/rule.ts';
import { foreignClashes, foreignCommunity } from '../codes/foreign.ts';
import type { Database } from '../database/open.ts';
import { inTransaction, type Reach } from '../database/transaction.ts';
import type { PackageGist } from './gist.ts';
import { type HandedOut, readCommunityNames, readHandedOut, readOtherOutlines, readRegisteredCodes } from './known-store.ts';
import { type KnownMessage, knownSentence } from './texts.ts';

/** Outlines compared in one transaction. */
const OUTLINES_AT_ONCE = 50;
/** Findings of one kind that are told one by one. */
const MAX_OF_A_KIND = 100;

interface Told {
  readonly severity: Severity;
  readonly message: KnownMessage;
  readonly file: string | null;
  readonly at: string | null;
  readonly values?: PackageFinding['values'];
}

const finding = ({ values = {}, ...told }: Told): PackageFinding => ({ ...told, values, sentence: knownSentence(told.message, values) });

/** null: the package belongs to a city of whoever asks. */
export function cityFinding({ city }: Manifest, { region }: Reach): PackageFinding | null {
  if (reaches(region, city.code)) return null;
  const values = { city: city.name, code: city.code, region };
  return finding({ severity: 'error', message: 'city-out-of-reach', file: 'manifest.json', at: city.code, values });
}

/** `own`: the package was made by this very installation, whose lifecycle keeps its codes. */
export async function againstKnown(
  database: Database,
  asker: Reach,
  { manifest, gist, own }: { readonly manifest: Manifest; readonly gist: PackageGist; readonly own: boolean },
): Promise<PackageFinding[]> {
  const codes = own ? [] : await codeFindings(database, asker, manifest, gist);
  const communities = await communityFindings(database, asker, manifest, gist);
  return [...limited(codes), ...limited(communities)];
}

/** Beside what verification asks the books itself: other plans of this installation, other codes with the same number, ranges. */
async function codeFindings(database: Database, asker: Reach, { city }: Manifest, gist: PackageGist): Promise<PackageFinding[]> {
  const { scheme, grids } = gist;
  const codes = grids.map(({ code }) => code);
  const ended = gist.changes.flatMap(({ from }) => from ?? []);
  const { clashes, registered, handedOut } = await inTransaction(database, asker, async (db) => ({
    clashes: await foreignClashes(db, scheme, grids),
    registered: await readRegisteredCodes(db, [...codes, ...ended]),
    handedOut: await readHandedOut(db, scheme.id),
  }));
  const told = (message: KnownMessage, code: string, values: PackageFinding['values'] = {}, file = 'layout.geojson') =>
    finding({ severity: 'error', message, file, at: code, values: { code, ...values } });
  const placeOf = (code: string): string | null => registered.get(code)?.community ?? foreignCommunity(scheme, code);
  // A city ends codes of its own: what it says of others would retire them.
  const others = [...new Set(ended)].filter((code) => placeOf(code)?.startsWith(city.code) === false);
  const inUse = codes.filter((code) => ['provisional', 'filed'].includes(registered.get(code)?.state ?? ''));
  return [
    ...clashes.filter(({ reason }) => reason === 'taken').map(({ code }) => told('code-number-taken', code)),
    ...inUse.map((code) => told('code-in-use', code, { name: registered.get(code)?.gridName ?? '' })),
    ...codes.filter((code) => !isHandedOut(scheme, handedOut, code)).map((code) => told('code-range', code)),
    ...others.map((code) => told('change-of-other-city', code, { city: city.name }, 'changes.json')),
  ];
}

/** Where no range was handed out to the community or a region above it, all numbers are free. */
function isHandedOut(scheme: Scheme, handedOut: readonly HandedOut[], code: string): boolean {
  const parsed = parseCode(scheme, code);
  if (!parsed.ok) return true;
  const { community, sequence } = parsed.value;
  const own = handedOut.filter(({ region }) => community.startsWith(region));
  return own.length === 0 || own.some(({ first, last }) => first <= sequence && sequence <= last);
}

async function communityFindings(database: Database, asker: Reach, manifest: Manifest, gist: PackageGist): Promise<PackageFinding[]> {
  const whole = manifest.plans.filter(({ parent }) => parent === null).map(({ region }) => region);
  const known = await inTransaction(database, asker, (db) =>
    readCommunityNames(
      db,
      manifest.plans.map(({ region }) => region),
    ),
  );
  if (known.size === 0) {
    return [finding({ severity: 'note', message: 'communities-not-known', file: 'communities.geojson', at: null })];
  }
  const told = (severity: Severity, message: KnownMessage, code: string, values: PackageFinding['values'] = {}) =>
    finding({ severity, message, file: 'communities.geojson', at: code, values: { community: code, ...values } });
  const packaged = new Set(gist.communities.map(({ code }) => code));
  const names = gist.communities.flatMap(({ code, name }) => {
    const here = known.get(code);
    if (here === undefined) return [told('error', 'community-unknown', code, { name })];
    return here === name ? [] : [told('warning', 'community-name', code, { name, here })];
  });
  const missing = [...known].filter(([code]) => !packaged.has(code) && whole.some((region) => code.startsWith(region)));
  return [
    ...names,
    ...missing.map(([code, name]) => told('warning', 'community-missing', code, { name })),
    ...(await outlineFindings(database, asker, gist)).map(({ code, area_m2 }) =>
      told('error', 'community-outline', code, { name: known.get(code) ?? '', area: Math.ceil(area_m2) }),
    ),
  ];
}

async function outlineFindings(database: Database, asker: Reach, { communities }: PackageGist) {
  const others: { code: string; area_m2: number }[] = [];
  for (let at = 0; at < communities.length; at += OUTLINES_AT_ONCE) {
    const some = communities.slice(at, at + OUTLINES_AT_ONCE);
    others.push(...(await inTransaction(database, asker, (db) => readOtherOutlines(db, some))));
  }
  return others;
}

/** The first of each kind, and how many more there are. */
function limited(findings: readonly PackageFinding[]): PackageFinding[] {
  const counts = new Map<string, number>();
  const first = findings.filter(({ message }) => {
    const count = (counts.get(message) ?? 0) + 1;
    counts.set(message, count);
    return count <= MAX_OF_A_KIND;
  });
  const more = [...counts].filter(([, count]) => count > MAX_OF_A_KIND);
  return [
    ...first,
    ...more.map(([message, count]) => {
      const { severity, file } = findings.find((one) => one.message === message) as PackageFinding;
      return finding({ severity, message: 'more-of-a-kind', file, at: null, values: { count: count - MAX_OF_A_KIND } });
    }),
  ];
}
