// What the check of a finished layout says: which check, how grave, where, and a sentence in both languages.
import type { Box } from '../coverage/geometry.ts';
import { toDegrees } from '../coverage/lattice.ts';
import { filled } from '../import/texts.ts';
import type { Profile } from '../rules/profile.ts';
import type { Place, Severity } from '../rules/rule.ts';
import { type Sentence, sentences, type Text } from './texts.ts';

export type LayoutCheckId =
  /** A feature that is no area, or a ring that crosses itself or runs the wrong way round. */
  | 'geometry'
  /** Coordinates that are no multiples of 1e-7 degree. */
  | 'lattice'
  /** Vertices that only one of two neighbours has. */
  | 'edges'
  | 'overlap'
  | 'gap'
  | 'inside'
  | 'contiguous'
  | 'building'
  | 'barrier'
  | 'border'
  | 'compact'
  | 'complete'
  | 'totals'
  | 'size'
  | 'name'
  | 'code'
  | 'kind'
  /** Fields that features lack or that cannot be read. */
  | 'field';

export interface LayoutIssue {
  readonly check: LayoutCheckId;
  readonly severity: Severity;
  /** Code of the grid; null: it has none, or the issue is about none. */
  readonly grid: string | null;
  /** Number of the feature in the layout, from 1; null: the issue is about the whole. */
  readonly feature: number | null;
  readonly community: string | null;
  readonly measured: number | null;
  readonly limit: number | null;
  readonly place: Place | null;
  /** One by one, where it was found in several places; the first MAX_PLACES. */
  readonly places?: readonly Place[];
  readonly message: Text;
}

/** Single places that an issue lists. */
const MAX_PLACES = 50;

/** Severity of a check where the profile says nothing. */
const DEFAULT_SEVERITY: Readonly<Record<LayoutCheckId, Severity>> = {
  geometry: 'error',
  lattice: 'warning',
  edges: 'warning',
  overlap: 'error',
  gap: 'error',
  inside: 'error',
  contiguous: 'warning',
  building: 'warning',
  barrier: 'note',
  border: 'note',
  compact: 'note',
  complete: 'error',
  totals: 'error',
  size: 'warning',
  name: 'error',
  code: 'error',
  kind: 'warning',
  field: 'warning',
};

/** The grid that an issue is about: as its sentence calls it, and as a program finds it. */
export interface Subject {
  readonly feature: number;
  readonly code: string;
  readonly name: string;
  readonly community: string;
}

/** What a sentence names; a word of ours in both languages. */
type Value = string | number | Text;

export interface LayoutFinding {
  readonly check: LayoutCheckId;
  readonly sentence: Sentence | Text;
  readonly about?: Subject;
  readonly community?: string;
  readonly values?: Readonly<Record<string, Value>>;
  readonly measured?: number;
  readonly limit?: number;
  readonly place?: Place | null;
  readonly places?: readonly Place[];
  /** Instead of what profile and default say. */
  readonly severity?: Severity;
}

/** The issue of a finding; its sentence may name `grid`, what the grid is called. */
export function layoutIssue(profile: Profile, finding: LayoutFinding): LayoutIssue {
  const { check, about, places } = finding;
  const bySeverity: Readonly<Partial<Record<string, Severity>>> = profile.severity;
  const values = { ...(about && { grid: labelOf(about) }), ...finding.values };
  const text = typeof finding.sentence === 'string' ? sentences[finding.sentence] : finding.sentence;
  return {
    check,
    severity: finding.severity ?? bySeverity[check] ?? DEFAULT_SEVERITY[check],
    grid: about?.code || null,
    feature: about?.feature ?? null,
    community: finding.community ?? (about?.community || null),
    measured: finding.measured ?? null,
    limit: finding.limit ?? null,
    place: finding.place ?? null,
    ...(places && places.length > 1 && { places: places.slice(0, MAX_PLACES) }),
    message: { zh: filled(text.zh, spoken(values, 'zh')), en: filled(text.en, spoken(values, 'en')) },
  };
}

function spoken(values: Readonly<Record<string, Value>>, language: keyof Text): Record<string, string | number> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, typeof value === 'object' ? value[language] : value]));
}

/** Name, or code, or number of the feature. */
export const labelOf = ({ name, code, feature }: Subject): Value =>
  name || code || { zh: `第 ${feature} 个要素`, en: `feature ${feature}` };

/** The place of a box in lattice steps. */
export function placeOfBox({ minX, minY, maxX, maxY }: Box): Place {
  return [toDegrees(minX), toDegrees(minY), toDegrees(maxX), toDegrees(maxY)];
}
