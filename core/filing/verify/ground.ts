// Communities and buildings of a package: what the layout is held against has to be sound itself.
import type { PackageFinding } from '../../api/messages.ts';
import type { LatticePoint, Polygon } from '../../coverage/geometry.ts';
import { latticeLine, latticePolygon, toLattice } from '../../coverage/lattice.ts';
import { locate } from '../../coverage/locate.ts';
import { PolygonIndex } from '../../import/polygon-index.ts';
import { degrees } from '../../import/shapes.ts';
import { tileCommunities } from '../../import/tiling.ts';
import type { Surroundings } from '../../layout-check/context.ts';
import { unsoundAt } from '../../layout-check/soundness.ts';
import type { PackageContents } from '../schemas.ts';
import { packageFinding } from '../texts.ts';

type Ground = Pick<Surroundings, 'communities' | 'buildings' | 'barriers'>;

/** On the lattice. */
export function groundOf(contents: PackageContents): Ground {
  return {
    communities: contents['communities.geojson'].features.map(({ properties: { code, name }, geometry }) => ({
      code,
      name,
      area: geometry.coordinates.map(latticePolygon),
    })),
    buildings: contents['buildings.geojson'].features.map(({ properties: { point, households, population }, geometry }) => ({
      point: [toLattice(point[0]), toLattice(point[1])] as LatticePoint,
      households,
      population,
      footprint: geometry.type === 'Polygon' ? footprintOf(geometry.coordinates) : null,
    })),
    barriers: contents['barriers.geojson'].features.flatMap(({ properties: { class: kind, name }, geometry }) => {
      const line = latticeLine(geometry.coordinates);
      return line.length < 4 ? [] : [{ class: kind, name, line }];
    }),
  };
}

/** A footprint that vanishes in the rounding counts as a point. */
function footprintOf(coordinates: Parameters<typeof latticePolygon>[0]): Polygon | null {
  const footprint = latticePolygon(coordinates);
  return footprint.length === 0 ? null : footprint;
}

/** Areas that are none, or cross themselves: nothing can be held against them. */
export function areaFindings({ communities }: Ground): PackageFinding[] {
  return communities.flatMap(({ name, area }, i) => {
    const unsound = area.some((polygon) => polygon.length === 0 || unsoundAt(polygon) !== null);
    const told = { file: 'communities.geojson', values: { community: name }, at: `feature ${i + 1}` };
    return unsound ? [packageFinding('community-area', told)] : [];
  });
}

export function groundFindings(contents: PackageContents, ground: Ground): PackageFinding[] {
  return [...communityFindings(ground), ...buildingFindings(contents, ground)];
}

/** Overlaps, and slivers between neighbours. A wide gap is a community that the plan does not change. */
function communityFindings({ communities }: Ground): PackageFinding[] {
  const file = 'communities.geojson';
  const codes = communities.map(({ code }) => code);
  const doubled = codes.flatMap((community, i) =>
    codes.indexOf(community) === i ? [] : [packageFinding('community-doubled', { file, values: { community }, at: `feature ${i + 1}` })],
  );
  const { misfits } = tileCommunities(communities);
  const torn = misfits.filter(({ kind, givenTo }) => kind === 'overlap' || givenTo !== null);
  return [
    ...doubled,
    ...torn.map(({ kind, communities: between, areaM2, place }) => {
      const [community = '', other = ''] = between.map(({ name }) => name);
      const values = { community, other, area_m2: Math.round(areaM2 * 10) / 10 };
      return packageFinding(`community-${kind}`, { file, values, at: degrees(place).join(', ') });
    }),
  ];
}

function buildingFindings(contents: PackageContents, { buildings, communities }: Ground): PackageFinding[] {
  const file = 'buildings.geojson';
  const index = new PolygonIndex(communities.flatMap(({ area }) => area));
  const seen = new Set<number>();
  return contents['buildings.geojson'].features.flatMap(({ properties: { id } }, i) => {
    const { point, footprint } = buildings[i] as Ground['buildings'][number];
    const told = { file, values: { building: id }, at: `feature ${i + 1}` };
    const findings: PackageFinding[] = [];
    if (seen.has(id)) findings.push(packageFinding('building-doubled', told));
    seen.add(id);
    if (index.holding(point).length === 0) findings.push(packageFinding('building-outside', told));
    if (footprint && locate(point, footprint) === 'outside') findings.push(packageFinding('building-point', told));
    return findings;
  });
}
