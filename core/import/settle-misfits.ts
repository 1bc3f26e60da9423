// Settles gaps and overlaps: what the tolerance closes, what people or their rule give to one, what stays open.

import type { MisfitReceiver } from '../api/import-messages.ts';
import type { Polygon } from '../coverage/geometry.ts';
import { interiorPoint } from '../coverage/locate.ts';
import { outlineOf } from '../coverage/outline.ts';
import { multiPolygonAreaM2 } from '../geo/measure.ts';
import { groupBy } from '../group-by.ts';
import type { AreaFaces } from './area-faces.ts';
import { Groups } from './groups.ts';
import { type MisfitGroup, type Misplaced, meanWidthM, reachedFromOutside, sidesOf } from './misfit-groups.ts';
import type { Misfit, TiledCommunity, TilingOptions } from './misfits.ts';
import { MIN_TOLERANCE_M, PENDING, spreadLabels } from './slivers.ts';

export interface Ground {
  readonly faces: AreaFaces;
  /** The new ones, then the stored ones. */
  readonly communities: readonly TiledCommunity[];
  readonly firstFixed: number;
}

/** Below this a closed sliver is not worth a word, in square metres. */
const SILENT_AREA_M2 = 0.5;

/** A group, and who received it by the tolerance: PENDING where that is not for the tolerance to say. */
interface Question extends MisfitGroup {
  readonly key: string;
  readonly closedBy: number;
}

interface Answer {
  /** PENDING: nobody. */
  readonly receiver: number;
  readonly decidedBy: Misfit['decidedBy'];
}

/** For each face the position of its community, PENDING for none; and what had to be settled. */
export function settled(ground: Ground, { slivers, wide }: Misplaced, options: TilingOptions): { labels: number[]; misfits: Misfit[] } {
  const { faces, firstFixed } = ground;
  const labels = firstLabels(ground, slivers);
  const isNew = (label: number) => label < firstFixed;
  const open = () => slivers.filter((face) => labels[face] === PENDING);
  spreadLabels(labels, faces.neighbours, open(), (face, label) => {
    const own = faces.holders[face] as number[];
    return own.length === 0 ? isNew(label) : own.includes(label);
  });
  const questions = [...wide.map((group) => asked(ground, group)), ...closedGroups(ground, labels, slivers)];
  const answers = questions.map((question) => answerOf(ground, labels, question, options));
  questions.forEach((question, i) => {
    const { receiver, decidedBy } = answers[i] as Answer;
    if (decidedBy !== 'tolerance') for (const face of question.faces) labels[face] = receiver;
  });
  // A sliver between others that were open until now: any neighbour will do.
  spreadLabels(labels, faces.neighbours, open(), (_, label) => isNew(label));
  const misfits = questions.flatMap((question, i) => misfitOf(ground, labels, question, answers[i] as Answer));
  const known = new Set(questions.flatMap((question) => question.faces));
  for (const group of enclosedGaps(ground, labels, known)) {
    const question = asked(ground, group);
    const answer = answerOf(ground, labels, question, options);
    for (const face of question.faces) labels[face] = answer.receiver;
    misfits.push(...misfitOf(ground, labels, question, answer));
  }
  return { labels, misfits };
}

/** Bays that what was given away has closed: nobody asked about them, for they were open to the outside or lay beside one community alone. */
function enclosedGaps({ faces, firstFixed }: Ground, labels: readonly number[], known: ReadonlySet<number>): MisfitGroup[] {
  const { holders, neighbours } = faces;
  const isPending = (face: number) => labels[face] === PENDING;
  const besides = (face: number) => [...(neighbours[face] as ReadonlyMap<number, number>).keys()];
  const outside = reachedFromOutside(faces, isPending);
  const isLeft = (face: number) => isPending(face) && holders[face]?.length === 0 && !outside.has(face) && !known.has(face);
  const left = holders.flatMap((_, face) => (isLeft(face) ? [face] : []));
  const groups = new Groups(holders.length);
  for (const face of left) for (const other of besides(face)) if (isLeft(other)) groups.join(face, other);
  return [...groupBy(left, (face) => groups.rootOf(face)).values()].flatMap((members): MisfitGroup[] => {
    const around = new Set(members.flatMap(besides).flatMap((face) => (isPending(face) ? [] : [labels[face] as number])));
    const communities = [...around].sort((a, b) => a - b);
    return communities.length > 1 && communities.some((label) => label < firstFixed) ? [{ kind: 'gap', faces: members, communities }] : [];
  });
}

/** What one community holds is its own, what a stored one holds stays with it, but where that would take more than a sliver. */
function firstLabels({ faces, firstFixed }: Ground, slivers: readonly number[]): number[] {
  const isSliver = new Set(slivers);
  return faces.holders.map((own, face) => {
    const [only = PENDING] = own;
    const last = own.at(-1) ?? PENDING;
    if (own.length === 1 || only >= firstFixed) return only;
    return last >= firstFixed && isSliver.has(face) ? last : PENDING;
  });
}

const inOrder = ({ communities }: Ground, positions: readonly number[]): { code: string; name: string }[] =>
  positions
    .map((position) => communities[position] as TiledCommunity)
    .map(({ code, name }) => ({ code, name }))
    .sort((a, b) => (a.code < b.code ? -1 : 1));

const codesOf = (ground: Ground, positions: readonly number[]): string[] => inOrder(ground, positions).map(({ code }) => code);

function asked(ground: Ground, group: MisfitGroup): Question {
  const [x, y] = placeOf(ground.faces, group.faces).map(Math.round);
  return { ...group, key: `${group.kind}:${codesOf(ground, group.communities).join('+')}@${x},${y}`, closedBy: PENDING };
}

/** All slivers between the same communities that the same one received. */
function closedGroups(ground: Ground, labels: readonly number[], slivers: readonly number[]): Question[] {
  const groups = new Map<string, Question & { faces: number[] }>();
  for (const face of slivers) {
    const communities = sidesOf(ground.faces, face);
    if (!communities.some((community) => community < ground.firstFixed)) continue;
    const kind = ground.faces.holders[face]?.length === 0 ? 'gap' : 'overlap';
    const closedBy = labels[face] as number;
    const key = `${kind}:${codesOf(ground, communities).join('+')}>${ground.communities[closedBy]?.code ?? ''}`;
    const group = groups.get(key);
    if (group) group.faces.push(face);
    else groups.set(key, { key, kind, communities, closedBy, faces: [face] });
  }
  return [...groups.values()];
}

/** Stored communities never change: they keep what they have and take nothing. */
function receiversOf({ firstFixed }: Ground, { kind, communities }: MisfitGroup): readonly number[] {
  const stored = communities.filter((community) => community >= firstFixed);
  return kind === 'overlap' && stored.length > 0 ? stored : communities.filter((community) => community < firstFixed);
}

function answerOf(ground: Ground, labels: readonly number[], question: Question, { decisions, others }: TilingOptions): Answer {
  const decision = Object.hasOwn(decisions, question.key) ? decisions[question.key] : undefined;
  if (decision !== undefined) return personsAnswer(ground, labels, question, decision);
  if (question.closedBy !== PENDING) return { receiver: question.closedBy, decidedBy: 'tolerance' };
  const receiver = others === null ? PENDING : byRule(ground, labels, question, others);
  return { receiver, decidedBy: receiver === PENDING ? null : 'rule' };
}

/** An answer that does not fit the question is none. */
function personsAnswer(ground: Ground, labels: readonly number[], question: Question, decision: MisfitReceiver): Answer {
  if (decision === 'open') return { receiver: PENDING, decidedBy: question.kind === 'gap' ? 'person' : null };
  const receiver =
    decision === 'longest-border' || decision === 'larger'
      ? byRule(ground, labels, question, decision)
      : receiversOf(ground, question).find((position) => ground.communities[position]?.code === decision);
  return receiver === undefined || receiver === PENDING ? { receiver: PENDING, decidedBy: null } : { receiver, decidedBy: 'person' };
}

/** Areas in square metres, measured once: a community may have many misfits. */
const measured = new WeakMap<TiledCommunity, number>();

function areaOf(community: TiledCommunity): number {
  const areaM2 = measured.get(community) ?? multiPolygonAreaM2(community.area);
  measured.set(community, areaM2);
  return areaM2;
}

/** The receiver with the longest border, or the largest; what is equal goes to the lower code. PENDING: nobody may receive it. */
function byRule(ground: Ground, labels: readonly number[], question: Question, rule: 'longest-border' | 'larger'): number {
  const receivers = receiversOf(ground, question);
  const areasM2 = new Map(receivers.map((position) => [position, areaOf(ground.communities[position] as TiledCommunity)]));
  const lengths = rule === 'longest-border' ? bordersM(ground, labels, question) : new Map<number, number>();
  const code = (position: number) => (ground.communities[position] as TiledCommunity).code;
  const ranked = receivers.toSorted(
    (a, b) =>
      (lengths.get(b) ?? 0) - (lengths.get(a) ?? 0) ||
      (areasM2.get(b) as number) - (areasM2.get(a) as number) ||
      (code(a) < code(b) ? -1 : 1),
  );
  return ranked[0] ?? PENDING;
}

/** How long the border of a group is with each community; where its neighbour is open, too, with each that holds that. */
function bordersM({ faces }: Ground, labels: readonly number[], { faces: members }: Question): Map<number, number> {
  const within = new Set(members);
  const lengths = new Map<number, number>();
  for (const face of members) {
    for (const [other, lengthM] of faces.neighbours[face] as ReadonlyMap<number, number>) {
      if (within.has(other)) continue;
      const beside = labels[other] === PENDING ? (faces.holders[other] as number[]) : [labels[other] as number];
      for (const community of beside) lengths.set(community, (lengths.get(community) ?? 0) + lengthM);
    }
  }
  return lengths;
}

function misfitOf(ground: Ground, labels: readonly number[], question: Question, { receiver, decidedBy }: Answer): Misfit[] {
  const { faces, communities } = ground;
  const { key, kind, faces: members } = question;
  const given = decidedBy === null ? (labels[members[0] as number] as number) : receiver;
  const shape = outlineOf(members.map((face) => faces.polygons[face] as Polygon));
  const [areaM2, widthM] = [multiPolygonAreaM2(shape), meanWidthM(faces, members)];
  // What a person decided is shown as decided, however small.
  if (given !== PENDING && decidedBy !== 'person' && (areaM2 < SILENT_AREA_M2 || widthM < MIN_TOLERANCE_M)) return [];
  return [
    {
      key,
      kind,
      communities: inOrder(ground, question.communities),
      receivers: codesOf(ground, receiversOf(ground, question)),
      areaM2,
      widthM,
      shape,
      givenTo: communities[given]?.code ?? null,
      decidedBy: decidedBy === null && given !== PENDING ? 'tolerance' : decidedBy,
      place: placeOf(faces, members),
    },
  ];
}

function placeOf({ polygons, areasM2 }: AreaFaces, members: readonly number[]): [number, number] {
  const largest = members.reduce((best, face) => ((areasM2[face] as number) > (areasM2[best] as number) ? face : best));
  return interiorPoint(polygons[largest] as Polygon);
}
