// Whether two names mean the same place: the words for what it is called change more often than the place.
const COMMITTEE = /(社区)?(居民|村民|居|村)委(员会|会)?$/u;
const COMMUNITY = /(社区|居委|村)$/u;
const TOWN = /(街道办事处|街道|地区|镇|乡)$/u;

/** What is left of a name without the words for committee, community, village or town: 渠口村村民委员会, 渠口社区 → 渠口. */
export function bareName(name: string): string {
  const short = name.replace(COMMITTEE, '').replace(COMMUNITY, '');
  return (short === name ? name.replace(TOWN, '') : short) || name;
}

/** From this likeness on, names mean the same place: 0 nothing in common, 1 one name holds the other, 2 other words around it, 3 the same. */
export const SAME_PLACE = 2;

/** How alike two names are, 0–3. */
export function likeness(one: string, other: string): number {
  if (one === other) return 3;
  const [a, b] = [bareName(one), bareName(other)];
  if (a === b) return SAME_PLACE;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 2 && long.includes(short) ? 1 : 0;
}
