// A small invented county as a filing: two plans, one per town, without faults.
import type { Feature, LineString } from 'geojson';
import type { BarrierProperties } from '../../../core/api/messages.ts';
import type { Scheme } from '../../../core/codes/scheme.ts';
import { schemeOf } from '../../../core/codes/schemes.ts';
import { geojsonMultiPolygon, geojsonPolygon, toDegrees } from '../../../core/coverage/lattice.ts';
import { locate } from '../../../core/coverage/locate.ts';
import type { FilingContents, FilingPlan } from '../../../core/filing/contents.ts';
import { sm3 } from '../../../core/filing/digest.ts';
import { DEFAULT_LIFECYCLE } from '../../../core/lifecycle/lifecycle.ts';
import type { ProfileContent } from '../../../core/rules/profile.ts';
import gansu from '../../../core/rules/profiles/gansu-2023.json' with { type: 'json' };
import { bytes } from '../import/collections.ts';
import { type DividedCounty, dividedCounty } from '../layout-check/divided-county.ts';

/** On a building of the register; personal data stay at home. */
export const NAME_OF_A_PERSON = '张三丰家';
export const PHONE = '13812345678';

const TOWNS = ['990101001', '990101400'] as const;

export function filedCounty(households = 3_000, seed = 3): FilingContents {
  const county = dividedCounty(households, seed);
  return {
    city: { code: '9901', name: '示例市(虚构)' },
    created: { day: '2026-03-01', person: '王审定', organ: '示例市委政法委' },
    sheetMark: '内部用图',
    synthetic: true,
    profile: { version: 1, content: gansu as ProfileContent },
    scheme: { version: 1, content: schemeOf('gb15') as Scheme },
    auditHead: { position: 12, digest: '0123456789abcdef'.repeat(4) },
    regionTable: '2026-01-01',
    plans: TOWNS.map((town, i) => filedPlan(county, town, i + 1)),
  };
}

function filedPlan({ layout, surroundings }: DividedCounty, town: string, id: number): FilingPlan {
  const communities = surroundings.communities.filter(({ code }) => code.startsWith(town));
  const digest = sm3(bytes(`content of ${town}`));
  const grids = layout.features.filter(({ properties }) => properties.community.startsWith(town));
  return {
    plan: { id, name: `网格划分方案 ${id}`, region: town, regionName: `示例镇 ${id}`, parent: null },
    digest,
    grids: grids.map(({ geometry, properties }, i) => ({
      type: 'Feature',
      geometry,
      properties: {
        ...properties,
        party: `第${i + 1}网格党支部`,
        staff: [{ role: '专职网格员', name: '李网格', phone: PHONE }],
      },
    })),
    communities: communities.map(({ code, name, area }) => ({
      code,
      name,
      town: `示例镇 ${id}`,
      county: '示例区(虚构)',
      outline: { type: 'MultiPolygon', coordinates: geojsonMultiPolygon(area) },
    })),
    buildings: buildingsOf(surroundings, town),
    barriers: surroundings.barriers.map(
      ({ class: kind, name, line }, i): Feature<LineString, BarrierProperties> => ({
        type: 'Feature',
        geometry: { type: 'LineString', coordinates: pairs(line) },
        properties: { id: i + 1, class: kind, name },
      }),
    ),
    institutions: [],
    signatures: DEFAULT_LIFECYCLE.steps.flatMap(({ id: step, organs }) =>
      organs.map((organ) => ({ step, organ, person: `${organ}负责人`, at: '2026-02-27T08:00:00.000Z', digest })),
    ),
    checks: [],
    changes: [],
  };
}

function buildingsOf({ buildings, communities }: DividedCounty['surroundings'], town: string): FilingPlan['buildings'] {
  const own = communities.filter(({ code }) => code.startsWith(town)).flatMap(({ area }) => area);
  return buildings.flatMap(({ point, footprint, households, population }, i) => {
    if (!own.some((polygon) => locate(point, polygon) === 'inside')) return [];
    const at: [number, number] = [toDegrees(point[0]), toDegrees(point[1])];
    const geometry: FilingPlan['buildings'][number]['geometry'] = footprint
      ? { type: 'Polygon', coordinates: geojsonPolygon(footprint) }
      : { type: 'Point', coordinates: at };
    // A name that the package must not carry.
    const properties = { id: i + 1, households, population, use: '住宅', point: at, name: NAME_OF_A_PERSON };
    return [{ type: 'Feature', geometry, properties }];
  });
}

const pairs = (line: readonly number[]): number[][] =>
  Array.from({ length: line.length / 2 }, (_, i) => [toDegrees(line[2 * i] as number), toDegrees(line[2 * i + 1] as number)]);
