// Puts what was caught and what is foreseen into the reader's words.
import i18next, { type TFunction } from 'i18next';
import { sizeBreach, sizeRuleOf } from '../../core/rules/band.ts';
import type { Profile } from '../../core/rules/profile.ts';
import { useWorkspace } from '../state/store.ts';
import type { Preview, PreviewSide } from '../state/workspace.ts';
import type { ForeseenSide, Foresight } from '../worker/messages.ts';
import type { Caught } from './snap.ts';

/** “吸附:人民路” */
export function describeCaught({ kind, name, barrier }: Caught): string {
  const nameless = barrier === null ? i18next.t(`tools:snap.${kind}`) : i18next.t(`tools:snap.barrier.${barrier}`);
  return i18next.t('tools:snap.caught', { what: name === '' ? nameless : name });
}

export function describePreview({ sides, cutBuildings, obstacle }: Foresight): Preview {
  const unnamed = sides.filter(({ grid, lineSide }) => grid === 'new' && lineSide === null);
  return {
    sides: sides.map((side) => ({ ...side, label: sideLabel(side, unnamed.length > 1 ? ` ${unnamed.indexOf(side) + 1}` : '') })),
    cutBuildings: [...cutBuildings],
    obstacle: obstacle === null ? null : `tools:obstacle.${obstacle}`,
  };
}

/** @param number tells several new grids apart */
function sideLabel({ lineSide, grid, label }: ForeseenSide, number: string): string {
  if (lineSide !== null) return i18next.t(`tools:side.${lineSide}`);
  if (grid === null) return i18next.t('tools:side.undrawn');
  return grid === 'new' ? `${i18next.t('tools:side.new')}${number}` : label;
}

/** “✓”, or which bound the side breaks. */
export function bandText(t: TFunction, side: PreviewSide & { kind?: ForeseenSide['kind'] }, profile: Profile | null): string {
  if (side.band !== 'above' && side.band !== 'below') return t(`tools:band.${side.band}`);
  const kind = side.kind ?? kindOf(side.grid);
  const rule = profile === null || kind === null ? null : sizeRuleOf(kind, profile);
  const breach = rule === null ? null : sizeBreach(side, rule);
  if (breach === null) return '';
  return t(`tools:band.${breach.side}${breach.measure === 'persons' ? 'Persons' : ''}`, { limit: breach.limit });
}

/** A new grid that no side tells the kind of takes the kind of its community. */
function kindOf(grid: PreviewSide['grid']): ForeseenSide['kind'] | null {
  const { active, progress } = useWorkspace.getState();
  const known = active?.grids.features.find(({ properties }) => properties.id === grid)?.properties.kind;
  return known ?? (active === null ? null : (progress.get(active.code)?.kind ?? null));
}
