// Where a box of degrees lies, for people who know their county and not its coordinates.

import { useTranslation } from 'react-i18next';
import type { Region } from '../../../core/api/messages.ts';
import { useFormat } from '../../i18n/format.ts';
import type { Bounds } from '../../state/bounds.ts';
import { useWorkspace } from '../../state/store.ts';
import { useAnswer } from '../use-answer.ts';

const KILOMETRES_PER_DEGREE = 111.2;
const CHINA: Bounds = [73, 3, 136, 54];
const DIGITS = 3;

type Box = readonly [number, number, number, number];

/** “东经 …,北纬 …,在高台县” */
export function usePlaceText(): (bounds: Box) => string {
  const { t } = useTranslation();
  const { count } = useFormat();
  const counties = useCounties();
  return (bounds) => {
    const [west, south, east, north] = bounds.map((degrees) => degrees.toFixed(DIGITS));
    const where = t('import:place.degrees', { west, south, east, north });
    const near = counties
      .map(({ name, bounds: box }) => ({ name, kilometres: distance(bounds, box) }))
      .sort((a, b) => a.kilometres - b.kilometres)[0];
    if (!meets(bounds, CHINA)) return `${where} · ${t('import:place.abroad')}`;
    if (near === undefined) return where;
    if (near.kilometres === 0) return `${where} · ${t('import:place.within', { name: near.name })}`;
    return `${where} · ${t('import:place.far', { name: near.name, kilometres: count(Math.max(1, near.kilometres)) })}`;
  };
}

/** Counties that are stored, with their boxes. */
function useCounties(): { name: string; bounds: Bounds }[] {
  const planRegions = useWorkspace((workspace) => workspace.planRegions);
  const known = useAnswer<Region[]>(planRegions, []);
  return known.flatMap(({ name, bounds }) => (bounds === null ? [] : [{ name, bounds }]));
}

const meets = (a: Box, b: Box): boolean => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];

/** Kilometres between two boxes, roughly; 0: they meet. */
function distance(a: Box, b: Box): number {
  const latitude = ((a[1] + a[3]) / 2) * (Math.PI / 180);
  const x = Math.max(0, a[0] - b[2], b[0] - a[2]) * Math.cos(latitude);
  const y = Math.max(0, a[1] - b[3], b[1] - a[3]);
  return Math.hypot(x, y) * KILOMETRES_PER_DEGREE;
}
