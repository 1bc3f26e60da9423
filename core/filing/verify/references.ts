// Whether the files of a package speak of the same plans, regions, rules and numbers.
import type { PackageFinding } from '../../api/messages.ts';
import { countsOf } from '../counts.ts';
import type { Manifest, PackageCounts } from '../manifest.ts';
import type { PackageContents } from '../schemas.ts';
import { packageFinding } from '../texts.ts';

export function referenceFindings(manifest: Manifest, contents: PackageContents): PackageFinding[] {
  return [
    ...planFindings(manifest, contents),
    ...regionFindings(manifest, contents),
    ...rulesFindings(manifest, contents),
    ...countFindings(manifest, contents),
  ];
}

function planFindings({ plans }: Manifest, contents: PackageContents): PackageFinding[] {
  const known = new Set(plans.map(({ plan }) => plan));
  const doubled = plans.filter(({ plan }, i) => plans.findIndex((one) => one.plan === plan) !== i);
  const speaking = {
    'communities.geojson': contents['communities.geojson'].features.map(({ properties }) => properties),
    'buildings.geojson': contents['buildings.geojson'].features.map(({ properties }) => properties),
    'signatures.json': contents['signatures.json'].signatures,
    'checks.json': contents['checks.json'].checks,
    'changes.json': contents['changes.json'].changes,
  };
  const strays = Object.entries(speaking).flatMap(([file, items]) =>
    items.flatMap(({ plan }, i) =>
      known.has(plan) ? [] : [packageFinding('plan-unknown', { file, values: { plan, item: i + 1 }, at: `item ${i + 1}` })],
    ),
  );
  return [...doubled.map(({ plan }) => packageFinding('plan-doubled', { file: 'manifest.json', values: { plan } })), ...strays];
}

/** Plans lie in the city, communities in the region of their plan. */
function regionFindings({ city, plans }: Manifest, contents: PackageContents): PackageFinding[] {
  const elsewhere = (file: string, region: string, whole: string, at: string) =>
    region.startsWith(whole) ? [] : [packageFinding('region-elsewhere', { file, values: { region, whole }, at })];
  const regionOf = new Map(plans.map(({ plan, region }) => [plan, region]));
  return [
    ...plans.flatMap(({ region }, i) => elsewhere('manifest.json', region, city.code, `plans.${i}.region`)),
    ...contents['communities.geojson'].features.flatMap(({ properties: { code, plan } }, i) =>
      elsewhere('communities.geojson', code, regionOf.get(plan) ?? '', `feature ${i + 1}`),
    ),
  ];
}

function rulesFindings({ profile, scheme }: Manifest, contents: PackageContents): PackageFinding[] {
  const { onegrid } = contents['layout.geojson'];
  const said = [
    ['profile.json', contents['profile.json'].id, profile.id],
    ['scheme.json', contents['scheme.json'].id, scheme.id],
    ['layout.geojson', onegrid.profile, profile.id],
    ['layout.geojson', onegrid.scheme, scheme.id],
  ] as const;
  return said.flatMap(([file, found, stated]) =>
    found === stated ? [] : [packageFinding('rules-differ', { file, values: { found, stated }, at: 'id' })],
  );
}

function countFindings({ plans, counts }: Manifest, contents: PackageContents): PackageFinding[] {
  const communities = contents['communities.geojson'].features.map(({ properties }) => properties);
  const grids = contents['layout.geojson'].features.map(({ properties }) => properties);
  const planOf = new Map(communities.map(({ code, plan }) => [code, plan]));
  const compared = (subject: string, path: string, stated: PackageCounts, counted: PackageCounts) =>
    (Object.keys(counted) as (keyof PackageCounts)[]).flatMap((measure) => {
      if (stated[measure] === counted[measure]) return [];
      const values = { subject, measure, stated: stated[measure], counted: counted[measure] };
      return [packageFinding('counts-differ', { file: 'manifest.json', values, at: `${path}counts.${measure}` })];
    });
  return [
    ...compared('*', '', counts, countsOf(grids, communities.length)),
    ...plans.flatMap(({ plan, name, counts: stated }, i) => {
      const own = grids.filter(({ community }) => planOf.get(community) === plan);
      return compared(name, `plans.${i}.`, stated, countsOf(own, communities.filter((one) => one.plan === plan).length));
    }),
  ];
}
