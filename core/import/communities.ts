// Judges the communities of an import: code, name, area. One refused community refuses the import, for the tiling would have a hole.
import type { Polygon } from '../coverage/geometry.ts';
import type { Findings } from './findings.ts';
import { readPolygons } from './read-area.ts';
import type { SoundFeature } from './read-features.ts';
import { isUnreadable, textProperty } from './text-property.ts';

/** Names of the regions above, as far as the file gives them. */
export interface ParentNames {
  readonly town: string;
  readonly county: string;
  readonly city: string;
  readonly province: string;
}

export interface ReadCommunity {
  readonly feature: number;
  readonly code: string;
  readonly name: string;
  readonly parents: ParentNames;
  readonly polygons: readonly Polygon[];
}

export function readCommunities(features: readonly SoundFeature[], findings: Findings): ReadCommunity[] {
  const firstWith = new Map<string, number>();
  return features.flatMap((feature) => {
    const code = readCode(feature, findings);
    const name = textProperty(feature.properties.name);
    if (name === '') findings.refuse('communities', 'name-missing', { feature: feature.number, field: 'name' });
    const unreadable = isUnreadable(name);
    if (unreadable) findings.refuse('communities', 'name-unreadable', { feature: feature.number, field: 'name', values: { name } });
    const earlier = code === null ? undefined : firstWith.get(code);
    if (code !== null && earlier === undefined) firstWith.set(code, feature.number);
    if (code !== null && earlier !== undefined) {
      findings.refuse('communities', 'code-duplicate', { feature: feature.number, field: 'code', values: { code, earlier } });
    }
    const polygons = readPolygons('communities', feature, findings);
    if (code === null || name === '' || unreadable || earlier !== undefined || polygons === null) return [];
    return [{ feature: feature.number, code, name, parents: parentNames(feature), polygons }];
  });
}

function readCode(feature: SoundFeature, findings: Findings): string | null {
  const raw = feature.properties.code;
  const place = { feature: feature.number, field: 'code' };
  const code = textProperty(raw);
  if (code === '') {
    findings.refuse('communities', 'code-missing', place);
    return null;
  }
  if (!/^\d{12}$/.test(code) || code.startsWith('00')) {
    findings.refuse('communities', 'code-invalid', { ...place, values: { code: code.slice(0, 40) } });
    return null;
  }
  if (raw !== code) findings.mend('communities', 'code-not-text', { ...place, values: { code } });
  return code;
}

function parentNames({ properties }: SoundFeature): ParentNames {
  return {
    town: textProperty(properties.town),
    county: textProperty(properties.county),
    city: textProperty(properties.city),
    province: textProperty(properties.province),
  };
}
