// The GeoJSON and JSON files of a package from its contents; schemas.ts reads them back.
import { type Layout, layoutGeojson } from '../export/layout.ts';
import type { FilingBuilding, FilingContents, FilingPlan } from './contents.ts';
import type { JsonFile, WrittenContents } from './schemas.ts';

/** All grids of the package in one layout, named after the city. */
export function packagedLayout({ city, profile, scheme, plans }: FilingContents): Layout {
  return layoutGeojson(
    plans.flatMap(({ grids }) => grids),
    { name: city.name, region: city.code, regionName: city.name, profile: profile.content.id, scheme: scheme.content.id },
  );
}

export function jsonFiles(contents: FilingContents, layout: Layout): ReadonlyMap<JsonFile, string> {
  const written = writtenContents(contents, layout);
  return new Map(
    Object.entries(written).map(([file, content]) => [
      file as JsonFile,
      'features' in content ? featureLines(content) : `${JSON.stringify(content, null, 1)}\n`,
    ]),
  );
}

function writtenContents({ profile, scheme, plans }: FilingContents, layout: Layout): WrittenContents {
  return {
    'layout.geojson': layout as unknown as WrittenContents['layout.geojson'],
    'communities.geojson': collection(plans.flatMap(communityFeatures)),
    'buildings.geojson': collection(
      plans.flatMap(({ plan, buildings }) => buildings.map((building) => buildingFeature(plan.id, building))),
    ),
    'barriers.geojson': collection(
      unique(plans.flatMap(({ barriers }) => barriers)).map(({ geometry, properties: { id, class: kind, name } }) =>
        feature(geometry, { id, class: kind, name }),
      ),
    ) as WrittenContents['barriers.geojson'],
    'institutions.geojson': collection(
      unique(plans.flatMap(({ institutions }) => institutions)).map(({ geometry, properties: { id, name, use, staff } }) =>
        feature(geometry, { id, name, use, staff }),
      ),
    ) as WrittenContents['institutions.geojson'],
    'profile.json': profile.content,
    'scheme.json': scheme.content,
    'signatures.json': {
      signatures: plans.flatMap(({ plan, signatures }) =>
        signatures.map(({ step, person, organ, at, digest }) => ({ plan: plan.id, step, person, organ, at, digest })),
      ),
    },
    'checks.json': {
      checks: plans.flatMap(({ plan, checks }) =>
        checks.map(({ check, severity, community, grid, message, values, measured, limit, reason }) => {
          return { plan: plan.id, check, severity, community, grid, message, values: { ...values }, measured, limit, reason };
        }),
      ),
    },
    'changes.json': {
      changes: plans.flatMap(({ plan, changes }) =>
        changes.map(({ community, from, fromName, to, kind, reason }) => ({ plan: plan.id, community, from, fromName, to, kind, reason })),
      ),
    },
  };
}

const collection = <F>(features: F[]) => ({ type: 'FeatureCollection' as const, features });
const feature = <G, P>(geometry: G, properties: P) => ({ type: 'Feature' as const, properties, geometry });

type CommunityFeatures = WrittenContents['communities.geojson']['features'];

function communityFeatures({ plan, communities }: FilingPlan): CommunityFeatures {
  return communities.map(({ code, name, town, county, outline }) =>
    feature(outline, { code, name, town, county, plan: plan.id }),
  ) as CommunityFeatures;
}

function buildingFeature(plan: number, { geometry, properties }: FilingBuilding) {
  const { id, households, population, use, point } = properties;
  const said = { id, plan, households, population, use, point };
  return feature(geometry, said) as WrittenContents['buildings.geojson']['features'][number];
}

/** A road runs through several communities and is told of once. */
function unique<F extends { readonly properties: { readonly id: number } }>(features: readonly F[]): F[] {
  return [...new Map(features.map((one) => [one.properties.id, one])).values()];
}

/** One feature a line, so that two packages can be compared by any program that compares texts. */
function featureLines({ features, ...rest }: { readonly features: readonly unknown[] }): string {
  const head = JSON.stringify(rest).slice(0, -1);
  return `${head},"features":[\n${features.map((one) => JSON.stringify(one)).join(',\n')}\n]}\n`;
}
