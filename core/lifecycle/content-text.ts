// What a signature under a plan is made of: a text that says everything that is signed, the same for the same content, and nothing else.
import type { GridKind } from '../plan/state.ts';

/** Raised when the text changes: signatures of the old form hold for nothing any more. */
const FORM = 1;

export interface SignedPlan {
  readonly id: number;
  readonly region: string;
  readonly profile: string;
  readonly profileVersion: number;
  readonly scheme: string;
  /** null: a shipped scheme without versions of its own. */
  readonly schemeVersion: number | null;
  readonly communities: readonly string[];
}

export interface SignedGrid {
  readonly id: number;
  readonly community: string;
  readonly kind: GridKind;
  readonly name: string;
  readonly reason: string;
  readonly party: string;
  readonly staff: readonly { readonly role: string; readonly name: string }[];
  readonly code: string | null;
  readonly households: number;
  readonly population: number;
  readonly buildings: number;
  /** SHA-256 of the outline as WKB in degrees, hexadecimal. */
  readonly outline: string;
  /** Its blocks in the order of their ids, as `block:cell`. */
  readonly blocks: readonly string[];
}

/**
 * A line that names the form, one of the plan, one for each grid in the order of communities and ids; each is a JSON array, so that no
 * value can be taken for another. Phones are not in it: they may change while the plan stands.
 */
export function contentText(plan: SignedPlan, grids: readonly SignedGrid[]): string {
  const { id, region, profile, profileVersion, scheme, schemeVersion, communities } = plan;
  const head = [id, region, profile, profileVersion, scheme, schemeVersion, [...communities].sort()];
  const lines = [...grids]
    .sort((a, b) => (a.community < b.community ? -1 : a.community > b.community ? 1 : a.id - b.id))
    .map((grid) => [
      grid.id,
      grid.community,
      grid.kind,
      grid.name,
      grid.reason,
      grid.party,
      grid.staff.map(({ role, name }) => [role, name]),
      grid.code,
      grid.households,
      grid.population,
      grid.buildings,
      grid.outline,
      grid.blocks,
    ]);
  return [['onegrid-plan', FORM], head, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('');
}
