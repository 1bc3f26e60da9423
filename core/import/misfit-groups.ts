// Finds where communities do not fit: the faces that none or several of them hold, in groups that one decision settles.
import { groupBy } from '../group-by.ts';
import type { AreaFaces } from './area-faces.ts';
import { Groups } from './groups.ts';
import type { SliverMeasure } from './slivers.ts';

/** Faces with the same trouble, next to each other. */
export interface MisfitGroup {
  readonly kind: 'gap' | 'overlap';
  readonly faces: readonly number[];
  /** Positions of the communities that overlap there, or that lie around the gap; ascending. */
  readonly communities: readonly number[];
}

export interface Misplaced {
  /** Faces below the tolerance, gaps and overlaps. */
  readonly slivers: readonly number[];
  /** What is too large to close by itself. */
  readonly wide: readonly MisfitGroup[];
}

/** A part of a gap is settled for itself only where it is so many times longer than wide; so is an opening to the outside a gap. */
const STRIP_RATIO = 10;

export function misplacedFaces(faces: AreaFaces, newCommunities: number, tolerance: SliverMeasure): Misplaced {
  const isNew = (community: number) => community < newCommunities;
  const [overlaps, gaps] = [overlapGroups(faces, isNew), gapGroups(faces)];
  const closing = gaps.filter((group) => !isBay(faces, group.faces, tolerance.widthM));
  const parted = [...overlaps, ...closing].map((group) => ({ group, ...partedByWidth(faces, group.faces, tolerance) }));
  const slivers = parted.flatMap(({ narrow }) => narrow);
  const wide = parted.map(({ group, broad }) => ({ ...group, faces: broad })).filter((group) => group.faces.length > 0);
  const strips = wide.filter((group) => group.kind === 'gap' && isStrip(faces, group.faces));
  const closed = new Set([...slivers, ...strips.flatMap((group) => group.faces)]);
  const outside = reachedFromOutside(faces, (face) => faces.holders[face]?.length === 0 && !closed.has(face));
  return {
    slivers: slivers.sort((a, b) => a - b),
    wide: wide.flatMap((group): MisfitGroup[] => {
      if (group.kind === 'overlap') return [group];
      const enclosed = group.faces.filter((face) => !outside.has(face));
      const beside = around(faces, enclosed);
      // What is left of a gap whose narrow ends close may lie beside one community alone, and is no less a gap between those around it.
      const communities = beside.length > 1 ? beside : group.communities;
      const isAsked = enclosed.length > 0 && communities.length > 1 && communities.some(isNew);
      return isAsked ? [{ ...group, faces: enclosed, communities }] : [];
    }),
  };
}

/** What is narrow closes; so does the rest when it is small altogether. */
function partedByWidth(faces: AreaFaces, group: readonly number[], { widthM, areaM2 }: SliverMeasure) {
  const isBroad = (face: number) => meanWidthM(faces, [face]) >= widthM;
  const broad = group.filter(isBroad);
  const isSmall = sum(broad.map((face) => faces.areasM2[face] as number)) < areaM2;
  return isSmall ? { narrow: group, broad: [] } : { narrow: group.filter((face) => !isBroad(face)), broad };
}

/** Faces that the outside reaches through open ones. */
export function reachedFromOutside({ neighbours, mouthM }: AreaFaces, isOpen: (face: number) => boolean): Set<number> {
  const reached = new Set(mouthM.flatMap((mouth, face) => (mouth > 0 && isOpen(face) ? [face] : [])));
  // The set grows while it is walked through.
  for (const face of reached) {
    for (const other of (neighbours[face] as ReadonlyMap<number, number>).keys()) if (isOpen(other)) reached.add(other);
  }
  return reached;
}

/** Mean width in metres: twice the area over the border. Lines drawn across are no border, so a part is as wide as the whole. */
export function meanWidthM({ areasM2, borderM }: AreaFaces, group: readonly number[]): number {
  const areaM2 = group.reduce((sum, face) => sum + (areasM2[face] as number), 0);
  const border = group.reduce((sum, face) => sum + (borderM[face] as number), 0);
  return border === 0 ? Infinity : (2 * areaM2) / border;
}

/** Communities that hold the faces beside those given, ascending. */
export function around({ neighbours, holders }: AreaFaces, group: readonly number[]): number[] {
  const beside = group.flatMap((face) => [...(neighbours[face] as ReadonlyMap<number, number>).keys()]);
  return [...new Set(beside.flatMap((face) => holders[face] as number[]))].sort((a, b) => a - b);
}

/** What a misplaced face lies between. A part of a gap that touches one community alone is told by the part beside it. */
export function sidesOf(faces: AreaFaces, face: number): readonly number[] {
  const own = faces.holders[face] as readonly number[];
  const sides = own.length > 1 ? own : around(faces, [face]);
  if (sides.length > 1) return sides;
  let [longestM, widest] = [0, sides];
  for (const [other, lengthM] of faces.neighbours[face] as ReadonlyMap<number, number>) {
    if (faces.holders[other]?.length !== 0 || lengthM <= longestM) continue;
    const beyond = around(faces, [other]);
    if (beyond.length > 1) [longestM, widest] = [lengthM, beyond];
  }
  return widest;
}

function isStrip(faces: AreaFaces, group: readonly number[]): boolean {
  const lengthM = group.reduce((sum, face) => sum + (faces.borderM[face] as number), 0) / 2;
  return lengthM >= STRIP_RATIO * meanWidthM(faces, group);
}

/** The land just ends there: it is open to the outside, and neither narrow nor much longer than wide, or beside one community alone. */
function isBay(faces: AreaFaces, group: readonly number[], narrowM: number): boolean {
  const mouthM = sum(group.map((face) => faces.mouthM[face] as number));
  if (mouthM === 0) return false;
  return around(faces, group).length < 2 || (mouthM > narrowM && !isStrip(faces, group));
}

function overlapGroups({ holders, neighbours }: AreaFaces, isNew: (community: number) => boolean): MisfitGroup[] {
  const groups = new Groups(holders.length);
  const overlapping = holders.flatMap((own, face) => (own.length > 1 && own.some(isNew) ? [face] : []));
  const keys = new Map(overlapping.map((face) => [face, (holders[face] as number[]).join()]));
  for (const [face, key] of keys) {
    for (const other of (neighbours[face] as ReadonlyMap<number, number>).keys()) if (keys.get(other) === key) groups.join(face, other);
  }
  return membersOf(groups, overlapping).map((faces) => ({ kind: 'overlap', faces, communities: holders[faces[0] as number] as number[] }));
}

/** Gaps, long ones in parts: what lies between the same communities. Short parts go with the largest part beside them. */
function gapGroups(faces: AreaFaces): MisfitGroup[] {
  const { holders, neighbours } = faces;
  const groups = new Groups(holders.length);
  const gaps = holders.flatMap((own, face) => (own.length === 0 ? [face] : []));
  const keys = new Map(gaps.map((face) => [face, sidesOf(faces, face).join()]));
  for (const face of gaps) {
    for (const other of (neighbours[face] as ReadonlyMap<number, number>).keys()) {
      if (keys.get(other) === keys.get(face)) groups.join(face, other);
    }
  }
  joinShortParts(faces, groups, gaps);
  return membersOf(groups, gaps).map((members) => ({ kind: 'gap', faces: members, communities: around(faces, members) }));
}

function joinShortParts(faces: AreaFaces, groups: Groups, gaps: readonly number[]): void {
  const parts = membersOf(groups, gaps).map((members) => ({ members, areaM2: sum(members.map((face) => faces.areasM2[face] as number)) }));
  const partOf = new Map(parts.flatMap(({ members }, part) => members.map((face) => [face, part])));
  const order = parts.map((_, part) => part).sort((a, b) => (parts[a]?.areaM2 ?? 0) - (parts[b]?.areaM2 ?? 0) || a - b);
  const rank = new Map(order.map((part, place) => [part, place]));
  for (const part of order) {
    const { members } = parts[part] as (typeof parts)[number];
    if (isStrip(faces, members)) continue;
    const shared = new Map<number, number>();
    for (const face of members) {
      for (const [other, lengthM] of faces.neighbours[face] as ReadonlyMap<number, number>) {
        const beside = partOf.get(other);
        if (beside === undefined || (rank.get(beside) as number) <= (rank.get(part) as number)) continue;
        shared.set(beside, (shared.get(beside) ?? 0) + lengthM);
      }
    }
    const [longest] = [...shared].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    if (longest) groups.join(members[0] as number, parts[longest[0]]?.members[0] as number);
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const membersOf = (groups: Groups, faces: readonly number[]): number[][] => [...groupBy(faces, (face) => groups.rootOf(face)).values()];
