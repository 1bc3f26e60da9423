// What a layer of a file most likely holds. A guess for people to confirm.
import type { ImportKind, SourceField, SourceLayer } from '../../api/import-messages.ts';
import { guessFields } from './guess-fields.ts';

/** What names of files and layers say, most telling first: 网格员名册 is staff, not grids. */
const NAMES: readonly (readonly [ImportKind, RegExp])[] = [
  ['staff', /网格员|网格长|人员|名册|花名册|通讯录|staff|personnel/],
  ['households', /户数|户籍|住户|人口|household|population/],
  ['department-grids', /网格|grid|^wg/],
  ['regions', /区划代码|行政区划|代码表|adcode|regions?/],
  ['buildings', /楼|房屋|建筑|building|bldg|footprint|^(ld|fw|jzw)/],
  ['barriers', /道路|路网|公路|街道线|河|水系|铁路|围墙|road|highway|street|river|water|rail|barrier|^(dl|sx|tl)/],
  ['communities', /社区|村|居委|界|communit|village|boundar|^(sq|cj|cun|xzq)/],
  ['institutions', /单位|机构|企业|学校|园区|institution|school|compan|campus/],
];

/** What the rows of each kind can look like. */
const GEOMETRIES: Readonly<Record<ImportKind, readonly SourceLayer['geometry'][]>> = {
  communities: ['polygon', 'mixed'],
  buildings: ['polygon', 'point', 'mixed', 'none'],
  households: ['none', 'point'],
  barriers: ['line', 'polygon', 'mixed'],
  institutions: ['polygon', 'mixed'],
  'department-grids': ['polygon', 'mixed'],
  staff: ['none'],
  regions: ['none'],
};

/** null: it could be anything. `fileName` helps where it says so: 楼栋.shp. */
export function guessKind({ name, geometry, fields }: Pick<SourceLayer, 'name' | 'geometry' | 'fields'>, fileName = ''): ImportKind | null {
  return kindByName(name, geometry, fields) ?? kindByName(fileName, geometry, fields) ?? kindByFields(geometry, fields);
}

function kindByName(name: string, geometry: SourceLayer['geometry'], fields: readonly SourceField[]): ImportKind | null {
  const text = name.normalize('NFKC').toLowerCase();
  const kind = NAMES.find(([of, words]) => words.test(text) && GEOMETRIES[of].includes(geometry) && isBorneOut(of, geometry, fields))?.[0];
  return kind ?? null;
}

/** A table is told by its columns; a name alone (高台县社区.xlsx) can be anything there. */
function isBorneOut(kind: ImportKind, geometry: SourceLayer['geometry'], fields: readonly SourceField[]): boolean {
  if (geometry !== 'none') return true;
  const guess = guessFields(kind, fields);
  if (kind === 'buildings') return guess.lon !== undefined && guess.lat !== undefined;
  if (kind === 'households') return guess.households !== undefined || hasRowForEachHousehold(guess, fields);
  if (kind === 'regions')
    return guess.code !== undefined && guess.name !== undefined && guessFields('households', fields).households === undefined;
  const speaksOfPersons = fields.some(({ personal }) => personal === 'person-name' || personal === 'phone');
  return speaksOfPersons && guess.name !== undefined && (guess.grid !== undefined || guess.gridName !== undefined);
}

/** Whoever lives there, and where: a list of homes, not of buildings with a place. */
const hasRowForEachHousehold = (guess: Readonly<Record<string, string>>, fields: readonly SourceField[]): boolean =>
  (guess.address !== undefined || guess.building !== undefined) &&
  guess.lon === undefined &&
  fields.some(({ personal }) => personal === 'person-name');

function kindByFields(geometry: SourceLayer['geometry'], fields: readonly SourceField[]): ImportKind | null {
  if (geometry === 'line') return 'barriers';
  if (geometry === 'none') {
    return (['staff', 'buildings', 'households', 'regions'] as const).find((kind) => isBorneOut(kind, geometry, fields)) ?? null;
  }
  const headers = fields.map(({ name }) => name).join(' ');
  if (geometry !== 'point') {
    if (/网格|wg(bh|mc|dm|bm)|grid_?(code|name|id)/i.test(headers)) return 'department-grids';
    if (hasCodeOfItsOwn(fields)) return 'communities';
  }
  const building = guessFields('buildings', fields);
  if (building.households !== undefined || /楼|栋|房屋|建筑|building|bldg|\b(LDBH|LDMC|FWBH)\b/i.test(headers)) return 'buildings';
  return geometry !== 'point' && guessFields('institutions', fields).staff !== undefined ? 'institutions' : null;
}

/** Rows of communities have a code each; buildings may have that of their community, many the same. */
function hasCodeOfItsOwn(fields: readonly SourceField[]): boolean {
  const { code, name } = guessFields('communities', fields);
  const codes = fields.find((field) => field.name === code)?.samples ?? [];
  const building = guessFields('buildings', fields);
  const areBuildings = building.id !== undefined && building.id !== code && building.households !== undefined;
  return name !== undefined && codes.length > 0 && new Set(codes).size === codes.length && !areBuildings;
}
