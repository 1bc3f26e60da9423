// Properties of vector tiles made of OpenStreetMap (Tilezen: kind, kind_detail) → the tags that they were made from.

const WATERWAYS = new Set(['river', 'canal', 'stream', 'riverbank', 'dock', 'drain', 'ditch']);
const NO_ROADS = new Set(['pier', 'racetrack', 'portage_way']);

type Properties = Readonly<Record<string, unknown>>;

/** Properties that have no `kind` are tags already. */
export function tagsOfTiles(properties: Properties): Properties {
  const { kind, kind_detail: detail, is_tunnel: tunnel } = properties;
  if (typeof kind !== 'string') return properties;
  return { ...properties, ...tagsOfKind(kind, typeof detail === 'string' ? detail : ''), ...(tunnel === true && { tunnel: 'yes' }) };
}

function tagsOfKind(kind: string, detail: string): Properties {
  if (kind === 'rail') return { railway: detail };
  if (['highway', 'major_road', 'minor_road', 'path'].includes(kind)) return NO_ROADS.has(detail) ? {} : { highway: detail };
  if (WATERWAYS.has(kind)) return { waterway: kind };
  if (['water', 'lake', 'ocean', 'bay', 'strait'].includes(kind)) return { natural: 'water' };
  return kind === 'building' ? { building: detail || 'yes' } : {};
}
