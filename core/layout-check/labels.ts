// name, code, kind: what the grids are called, numbered and taken for.
import { orderingPoint, readingOrder } from '../codes/order.ts';
import { type ParsedCode, parseCode } from '../codes/parse.ts';
import type { Scheme } from '../codes/scheme.ts';
import { seriesOf } from '../codes/sequence.ts';
import { communityKind } from '../geo/region.ts';
import { placeOf } from '../rules/finding.ts';
import { nameFault } from '../rules/name.ts';
import { communityOf, type LayoutContext } from './context.ts';
import type { LayoutFinding } from './issue.ts';
import type { CheckedGrid } from './read-layout.ts';
import { kindNames } from './texts.ts';

/** Digits of a town's code. */
const TOWN_DIGITS = 9;

export function nameFindings(context: LayoutContext): LayoutFinding[] {
  const { grids } = context;
  const missing = grids.filter(({ name }) => name.trim() === '').length;
  if (missing > 1 && missing === grids.length) {
    return [{ check: 'name', sentence: 'name-missing-all', measured: missing, limit: 0 }];
  }
  const inTown = (grid: CheckedGrid, position: number): string =>
    `${(communityOf(context, position)?.code ?? grid.community).slice(0, TOWN_DIGITS)} ${grid.name}`;
  const bearers = countOf(grids.map(inTown));
  return grids.flatMap((about, i): LayoutFinding[] => {
    const borne = bearers.get(inTown(about, i)) ?? 0;
    const sentence = nameFault(about.name, borne);
    if (!sentence) return [];
    const duplicate = sentence === 'name-duplicate' && { measured: borne, limit: 1 };
    return [{ check: 'name', sentence, about, values: { bearers: borne }, ...duplicate, place: placeOf(about.polygons) }];
  });
}

export function kindFindings(context: LayoutContext): LayoutFinding[] {
  return context.grids.flatMap((about, i): LayoutFinding[] => {
    const community = communityOf(context, i);
    if (!community || (about.kind !== 'urban' && about.kind !== 'rural')) return [];
    const expected = communityKind(community.code);
    if (about.kind === expected) return [];
    const values = { community: community.name, stated: kindNames[about.kind], expected: kindNames[expected] };
    return [{ check: 'kind', sentence: 'kind', about, values, place: placeOf(about.polygons) }];
  });
}

export function codeFindings(context: LayoutContext): LayoutFinding[] {
  const { grids, scheme, layout } = context;
  const unknown: LayoutFinding[] = scheme
    ? []
    : [{ check: 'code', severity: 'warning', sentence: 'code-scheme', values: { scheme: layout.declared.scheme ?? '' } }];
  const parsed = grids.map(({ code }) => (scheme && code !== '' ? parseCode(scheme, code) : null));
  const sound = parsed.map((outcome) => (outcome?.ok ? outcome.value : null));
  return [
    ...unknown,
    ...missingCodes(grids),
    ...duplicateCodes(grids),
    ...grids.flatMap((about, i): LayoutFinding[] => {
      const outcome = parsed[i];
      if (!outcome || !scheme) return [];
      const finding = { check: 'code' as const, about, place: placeOf(about.polygons) };
      const values = { code: about.code, scheme: scheme.id, id: about.id };
      if (!outcome.ok) return [{ ...finding, sentence: 'code-malformed', values }];
      return [
        ...misplacedCode(context, i, outcome.value).map((rest) => ({ ...finding, ...rest })),
        ...(about.id !== '' && about.id !== about.code ? [{ ...finding, sentence: 'code-id' as const, values }] : []),
      ];
    }),
    ...(scheme ? orderFindings(context, scheme, sound) : []),
  ];
}

/** A draft without any code is one finding. */
function missingCodes(grids: readonly CheckedGrid[]): LayoutFinding[] {
  const missing = grids.filter(({ code }) => code === '');
  if (missing.length > 0 && missing.length === grids.length) {
    return [{ check: 'code', severity: 'warning', sentence: 'code-missing-all', measured: missing.length, limit: 0 }];
  }
  return missing.map((about) => ({ check: 'code', sentence: 'code-missing', about, place: placeOf(about.polygons) }));
}

function duplicateCodes(grids: readonly CheckedGrid[]): LayoutFinding[] {
  const bearers = countOf(grids.map(({ code }) => code));
  return grids.flatMap((about): LayoutFinding[] => {
    const borne = bearers.get(about.code) ?? 0;
    if (about.code === '' || borne < 2) return [];
    const values = { code: about.code, bearers: borne };
    return [{ check: 'code', sentence: 'code-duplicate', about, values, measured: borne, limit: 1, place: placeOf(about.polygons) }];
  });
}

/** A code of another community, or of a cell. */
function misplacedCode(context: LayoutContext, grid: number, parsed: ParsedCode): Pick<LayoutFinding, 'sentence' | 'values'>[] {
  const community = communityOf(context, grid);
  const { code } = context.grids[grid] as CheckedGrid;
  const found: Pick<LayoutFinding, 'sentence' | 'values'>[] = [];
  if (parsed.cell !== null) found.push({ sentence: 'code-cell', values: { code } });
  if (community && parsed.community !== community.code) {
    found.push({ sentence: 'code-community', values: { code, stated: parsed.community, community: community.name } });
  }
  return found;
}

/** Codes of a community that do not follow the reading order. Grids added later stand out of it and are right, so it is a warning. */
function orderFindings(context: LayoutContext, scheme: Scheme, parsed: readonly (ParsedCode | null)[]): LayoutFinding[] {
  const { communities, grids, homes } = context;
  const coded = communities.map((): { id: number; sequence: number }[] => []);
  parsed.forEach((code, id) => {
    const home = homes[id] ?? null;
    if (code && home !== null && grids[id]?.polygons.length !== 0) coded[home]?.push({ id, sequence: code.sequence });
  });
  return communities.flatMap(({ code, name }, i): LayoutFinding[] => {
    const own = (coded[i] ?? []).sort((a, b) => a.sequence - b.sequence);
    const series = new Set(own.map(({ sequence }) => seriesOf(scheme, sequence)));
    const astray = [...series].flatMap((one) => {
      const coded = own.filter(({ sequence }) => seriesOf(scheme, sequence) === one);
      const order = readingOrder(
        scheme,
        coded.map(({ id }) => ({ id, point: orderingPoint(grids[id]?.polygons ?? []) })),
      );
      return coded.filter(({ id }, place) => order[place] !== id).map(({ id }) => grids[id] as CheckedGrid);
    });
    if (astray.length === 0) return [];
    const values = { community: name, count: astray.length };
    const place = placeOf(astray.flatMap(({ polygons }) => polygons));
    return [
      { check: 'code', severity: 'warning', sentence: 'code-order', community: code, values, measured: astray.length, limit: 0, place },
    ];
  });
}

function countOf(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
