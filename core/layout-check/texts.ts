// The sentences of the check of a layout, in Chinese and English; {name} stands for a value.

export interface Text {
  readonly zh: string;
  readonly en: string;
}

export const sentences = {
  'geometry-no-area': { zh: '{grid}不是面,已略过。', en: '{grid} is no area and was left out.' },
  'geometry-nil': { zh: '{grid}有面积为零的部分,已略过。', en: 'Parts of {grid} without area were left out.' },
  'coordinates-not-degrees-all': {
    zh: '{count} 个要素的坐标不是经纬度(首个为第 {feature} 个:{x}, {y}),可能是投影坐标,已略过。',
    en: 'Coordinates are no degrees (features: {count}, the first is {feature}: {x}, {y}); perhaps they are projected. They were left out.',
  },
  'coordinates-swapped-all': {
    zh: '{count} 个要素的经度和纬度似乎颠倒了(首个为第 {feature} 个:{x}, {y}),已略过。',
    en: 'Longitude and latitude seem to be swapped (features: {count}, the first is {feature}: {x}, {y}). They were left out.',
  },
  'geometry-crossing': {
    zh: '{grid}的边界自相交,按奇偶规则判断。',
    en: 'The border of {grid} crosses or touches itself; it was judged by the even-odd rule.',
  },
  'ring-turned': {
    zh: '{grid}的环方向与 RFC 7946 不符(外环应为逆时针,内环应为顺时针)。',
    en: 'Rings of {grid} run the wrong way round (RFC 7946: outer rings counter-clockwise, holes clockwise).',
  },
  'off-lattice': {
    zh: '{count} 个要素的坐标多于 7 位小数,检查时已取整到 1e-7 度(约 1 厘米)。',
    en: 'Features with coordinates of more than 7 decimals: {count}; they were rounded to 1e-7 degree (about 1 cm).',
  },
  edges: {
    zh: '{community}的网格边界有 {count} 处顶点与相邻网格或社区界线不一致(面积误差在取整范围内)。',
    en: 'In {community}, grid borders and their neighbours differ in vertices (places: {count}; areas agree within rounding).',
  },
  overlap: {
    zh: '{grid}与{other}重叠 {area_m2} 平方米,共 {count} 处。',
    en: '{grid} and {other} overlap by {area_m2} m² (places: {count}).',
  },
  'overlap-rounding': {
    zh: '取整误差:{community}的网格重叠 {area_m2} 平方米,共 {count} 处,宽不超过 {width_m} 米。',
    en: 'Rounding: grids of {community} overlap by {area_m2} m² (places: {count}, at most {width_m} m wide).',
  },
  gap: {
    zh: '{community}有 {area_m2} 平方米不属于任何网格,共 {count} 处。',
    en: '{area_m2} m² of {community} are in no grid (places: {count}).',
  },
  'gap-rounding': {
    zh: '取整误差:{community}有 {area_m2} 平方米缝隙,共 {count} 处,宽不超过 {width_m} 米。',
    en: 'Rounding: gaps of {area_m2} m² in {community} (places: {count}, at most {width_m} m wide).',
  },
  'gap-whole': { zh: '{community}没有任何网格。', en: '{community} has no grid at all.' },
  inside: {
    zh: '{grid}超出{community} {area_m2} 平方米,共 {count} 处。',
    en: '{grid} leaves {community} by {area_m2} m² (places: {count}).',
  },
  'inside-rounding': {
    zh: '取整误差:网格超出{community} {area_m2} 平方米,共 {count} 处,宽不超过 {width_m} 米。',
    en: 'Rounding: grids leave {community} by {area_m2} m² (places: {count}, at most {width_m} m wide).',
  },
  'inside-elsewhere': {
    zh: '{grid}写明属于 {stated},实际在{community}内。',
    en: '{grid} says it belongs to {stated} but lies in {community}.',
  },
  'inside-all-nowhere': {
    zh: '没有一个网格在这些村、社区内(共 {grids} 个):这是另一个县(市、区)的网格成果吗?其他内容未检查。',
    en: 'No grid lies in these communities (grids: {grids}): is this the layout of another county? Nothing else was checked.',
  },
  'inside-nowhere': { zh: '{grid}不在任何村、社区内。', en: '{grid} lies in no community of the file.' },
  'contiguous-pieces': { zh: '{grid}分成 {pieces} 片,最多可为 {needed} 片。', en: '{grid} is in {pieces} pieces where {needed} would do.' },
  building: {
    zh: '网格边界穿过{grid}的 {buildings} 栋楼,共 {households} 户。',
    en: 'Borders run through buildings of {grid}: {buildings}, with {households} households.',
  },
  'barrier-named': { zh: '{grid}中间有{barrier}穿过,长 {metres} 米。', en: '{barrier} runs through {grid} for {metres} m.' },
  'barrier-river': { zh: '{grid}中间有河流穿过,长 {metres} 米。', en: 'A river runs through {grid} for {metres} m.' },
  'barrier-railway': { zh: '{grid}中间有铁路穿过,长 {metres} 米。', en: 'A railway runs through {grid} for {metres} m.' },
  'barrier-main-road': { zh: '{grid}中间有主干道穿过,长 {metres} 米。', en: 'A main road runs through {grid} for {metres} m.' },
  'barrier-secondary': { zh: '{grid}中间有次干道穿过,长 {metres} 米。', en: 'A secondary road runs through {grid} for {metres} m.' },
  'barrier-street': { zh: '{grid}中间有街道穿过,长 {metres} 米。', en: 'A street runs through {grid} for {metres} m.' },
  'barrier-lane': { zh: '{grid}中间有小路穿过,长 {metres} 米。', en: 'A lane runs through {grid} for {metres} m.' },
  'barrier-wall': { zh: '{grid}中间有围墙穿过,长 {metres} 米。', en: 'A wall runs through {grid} for {metres} m.' },
  'border-community': {
    zh: '{community}的网格之间的边界有 {percent}% 沿道路、河流等界线,低于 {limit}%。',
    en: 'In {community}, {percent} % of the borders between grids follow roads, rivers and walls, less than {limit} %.',
  },
  'border-grid': {
    zh: '{grid}与相邻网格的边界有 {percent}% 沿道路、河流等界线,低于 {limit}%。',
    en: '{percent} % of the borders of {grid} with other grids follow roads, rivers and walls, less than {limit} %.',
  },
  'compact-low': {
    zh: '{grid}形状系数(Polsby–Popper)为 {percent}%,低于 {limit}%。',
    en: 'The compactness of {grid} (Polsby–Popper) is {percent} %, less than {limit} %.',
  },
  complete: {
    zh: '{community}有 {buildings} 栋楼不在任何网格内,共 {households} 户。',
    en: 'Buildings of {community} in no grid: {buildings}, with {households} households.',
  },
  'totals-households': {
    zh: '{grid}写明 {stated} 户,范围内楼栋合计 {counted} 户。',
    en: '{grid} says {stated} households; the buildings in it have {counted}.',
  },
  'totals-population': {
    zh: '{grid}写明 {stated} 人,范围内楼栋合计 {counted} 人。',
    en: '{grid} says {stated} persons; the buildings in it have {counted}.',
  },
  'totals-buildings': {
    zh: '{grid}写明 {stated} 栋楼,范围内有 {counted} 栋。',
    en: '{grid} says {stated} buildings; there are {counted} in it.',
  },
  'totals-area_m2': { zh: '{grid}写明 {stated} 平方米,实际为 {counted} 平方米。', en: '{grid} says {stated} m²; it has {counted} m².' },
  'totals-file': {
    zh: '文件写明{measure}总计 {stated},各网格合计为 {counted}。',
    en: 'The file states {stated} {measure} in all; its grids add up to {counted}.',
  },
  'size-below-households': { zh: '{grid} {households} 户,低于 {limit} 户。', en: '{grid}: {households} households, fewer than {limit}.' },
  'size-below-persons': { zh: '{grid} {persons} 人,低于 {limit} 人。', en: '{grid}: {persons} persons, fewer than {limit}.' },
  'size-above-households': { zh: '{grid} {households} 户,高于 {limit} 户。', en: '{grid}: {households} households, more than {limit}.' },
  'size-above-persons': { zh: '{grid} {persons} 人,高于 {limit} 人。', en: '{grid}: {persons} persons, more than {limit}.' },
  'size-whole-community': {
    zh: '{grid} {households} 户,整个村、社区为一个网格,可以低于 {limit} 户。',
    en: '{grid}: {households} households; as a whole community it may stay below {limit}.',
  },
  'size-single-building': {
    zh: '{grid}只有一栋住人的楼,{households} 户、{persons} 人,无法再划分。',
    en: '{grid} has one inhabited building, {households} households and {persons} persons: it cannot be divided.',
  },
  'size-excused': {
    zh: '{grid} {households} 户、{persons} 人,不在标准范围内,已说明理由。',
    en: '{grid}: {households} households and {persons} persons, outside the band, with a written reason.',
  },
  'name-missing-all': { zh: '所有网格都没有名称。', en: 'No grid has a name.' },
  'name-missing': { zh: '{grid}没有名称。', en: '{grid} has no name.' },
  'name-duplicate': { zh: '本乡镇(街道)有 {bearers} 个网格叫“{grid}”。', en: '{bearers} grids of this town are called “{grid}”.' },
  'name-code': { zh: '“{grid}”的名称中含有编码数字。', en: 'The name “{grid}” has code digits in it.' },
  'code-scheme': {
    zh: '编码规则“{scheme}”未知,只检查编码是否重复。',
    en: 'Code scheme “{scheme}” is not known; codes were only checked for duplicates.',
  },
  'code-missing': { zh: '{grid}没有编码。', en: '{grid} has no code.' },
  'code-missing-all': { zh: '所有网格都没有编码。', en: 'No grid has a code.' },
  'code-malformed': {
    zh: '{grid}的编码“{code}”不符合编码规则({scheme})。',
    en: 'Code “{code}” of {grid} does not follow the scheme {scheme}.',
  },
  'code-cell': { zh: '{grid}的编码“{code}”是单元格的编码。', en: 'Code “{code}” of {grid} is that of a cell.' },
  'code-community': {
    zh: '{grid}的编码“{code}”属于 {stated},实际在{community}内。',
    en: 'Code “{code}” of {grid} belongs to {stated}, but the grid lies in {community}.',
  },
  'code-duplicate': { zh: '编码“{code}”有 {bearers} 个网格使用。', en: 'Code “{code}” is borne by {bearers} grids.' },
  'code-id': { zh: '{grid}的编码“{code}”与要素 id“{id}”不一致。', en: 'Code “{code}” of {grid} is not the id “{id}” of its feature.' },
  'code-order': {
    zh: '{community}有 {count} 个网格的编码未按“从西到东、从北到南”排列;后来增加的网格接着编号,不在此列。',
    en: 'In {community}, codes of {count} grids do not follow the reading order; that is right only where grids were added later.',
  },
  kind: {
    zh: '{grid}的类别与{community}不符:写明为{stated},应为{expected}。',
    en: '{grid} is {stated}, but {community} takes {expected}.',
  },
  'field-missing': {
    zh: '{count} 个要素的字段“{field}”缺失或无法读取,首个为第 {feature} 个。',
    en: 'Field “{field}” is missing or unreadable (features: {count}, the first is feature {feature}).',
  },
} as const satisfies Record<string, Text>;

export type Sentence = keyof typeof sentences;

export const kindNames = {
  urban: { zh: '城市网格', en: 'an urban grid' },
  rural: { zh: '农村网格', en: 'a rural grid' },
} as const satisfies Record<string, Text>;

/** What the file counts in all. */
export const measureNames = {
  grids: { zh: '网格数', en: 'grids' },
  households: { zh: '户数', en: 'households' },
  population: { zh: '人数', en: 'persons' },
  buildings: { zh: '楼栋数', en: 'buildings' },
  area_m2: { zh: '面积(平方米)', en: 'm²' },
} as const satisfies Record<string, Text>;
