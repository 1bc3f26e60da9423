// Numbered names for new grids: 新建东村第一网格. The community is part of it, because a name must be unique within the town.
import type { Community, Grid } from './state.ts';

const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'] as const;

/** 1–99 as spoken: 10 → 十, 21 → 二十一. */
export function chineseNumber(value: number): string {
  if (value > 99) return String(value);
  const tens = Math.floor(value / 10);
  const ones = DIGITS[value % 10] ?? '';
  if (tens === 0) return ones;
  return `${tens === 1 ? '' : DIGITS[tens]}十${ones}`;
}

/** Name of a community without the word for its committee. */
export function shortCommunityName(name: string): string {
  return name.replace(/(社区)?(居民|村民)委员会$/u, '').replace(/社区$/u, '') || name;
}

/** What a grid is called where its community is known: 第一网格. A name that is its own stays as it is. */
export function gridNameWithin(community: string, grid: string): string {
  const base = shortCommunityName(community);
  return grid.startsWith(`${base}第`) ? grid.slice(base.length) : grid;
}

/** Name of the grid of a residents' group: 双丰村第三村民小组网格. `number`: which of several grids of that group. */
export function groupGridName(community: Community, group: string, number: number | null): string {
  const spoken = /^\d{1,2}$/u.test(group) ? `第${chineseNumber(Number(group))}组` : group;
  return `${shortCommunityName(community.name)}${spoken}${number === null ? '' : `第${chineseNumber(number)}`}网格`;
}

/** Whether the name was given by number, as `nextGridName` gives it. */
export function isNumberedName(community: Community, name: string): boolean {
  const base = shortCommunityName(community.name);
  return name.startsWith(`${base}第`) && /^第[一二三四五六七八九十\d]+网格$/u.test(name.slice(base.length));
}

/** The first numbered name of the community that no living grid bears. */
export function nextGridName(community: Community, grids: Iterable<Grid>): string {
  const taken = new Set<string>();
  for (const grid of grids) taken.add(grid.name);
  const base = shortCommunityName(community.name);
  for (let number = 1; ; number++) {
    const name = `${base}第${chineseNumber(number)}网格`;
    if (!taken.has(name)) return name;
  }
}
