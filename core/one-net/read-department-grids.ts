// Judges the old grids of departments in an import: areas, each with the department that drew it, a code and a name.
import { facesBetween } from '../coverage/faces.ts';
import type { MultiPolygon, Polygon } from '../coverage/geometry.ts';
import { interiorPoint, locate } from '../coverage/locate.ts';
import { outlineOf } from '../coverage/outline.ts';
import { closedLine } from '../coverage/ring.ts';
import type { Findings } from '../import/findings.ts';
import { readPolygons } from '../import/read-area.ts';
import type { SoundFeature } from '../import/read-features.ts';
import { textProperty } from '../import/text-property.ts';
import { departmentOf } from './departments.ts';

export interface ReadDepartmentGrid {
  readonly feature: number;
  /** Id of a known department, else as the file calls it. */
  readonly department: string;
  /** The department's own; empty: none. */
  readonly code: string;
  readonly name: string;
  readonly area: MultiPolygon;
}

/** `department`: of the rows that name none. One without a name is called by its code; a row that was there already counts once. */
export function readDepartmentGrids(features: readonly SoundFeature[], findings: Findings, department = ''): ReadDepartmentGrid[] {
  const known = new Map<string, number>();
  return features.flatMap((feature) => {
    const read = readOne(feature, findings, departmentOf(textProperty(feature.properties.department) || department));
    if (!read) return [];
    const key = JSON.stringify([read.department, read.code, read.name, read.area]);
    const earlier = known.get(key);
    if (earlier !== undefined) {
      findings.mend('department-grids', 'department-grid-double', { feature: feature.number, values: { earlier } });
      return [];
    }
    known.set(key, feature.number);
    return [read];
  });
}

function readOne(feature: SoundFeature, findings: Findings, department: string): ReadDepartmentGrid | null {
  const code = textProperty(feature.properties.code);
  const name = textProperty(feature.properties.name) || code;
  const place = { feature: feature.number };
  if (department === '') findings.refuse('department-grids', 'department-missing', { ...place, field: 'department' });
  if (name === '') findings.refuse('department-grids', 'name-missing', { ...place, field: 'name' });
  const polygons = readPolygons('department-grids', feature, findings);
  return department === '' || name === '' || !polygons ? null : { feature: feature.number, department, code, name, area: united(polygons) };
}

/** Parts that overlap or touch become one. */
function united(parts: readonly Polygon[]): MultiPolygon {
  if (parts.length < 2) return parts;
  const faces = facesBetween(parts.flatMap((part) => part.map(closedLine)));
  const isCovered = (face: Polygon): boolean => {
    const point = interiorPoint(face);
    return parts.some((part) => locate(point, part) === 'inside');
  };
  return outlineOf(faces.filter(isCovered));
}
