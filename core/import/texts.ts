// What the findings and problems of an import say to people, in Chinese and English; {name} stands for a value.
import type { ImportFinding } from '../api/import-messages.ts';
import type { FeatureFile } from './findings.ts';
import type { UnusableReason } from './unusable-file.ts';

export type ImportLanguage = 'zh' | 'en';

/** Why nothing of an import was stored. */
export interface ImportProblem {
  readonly code:
    | UnusableReason
    | 'import-refused'
    | 'import-cancelled'
    | 'import-overtaken'
    | 'import-account-changed'
    | 'import-beyond-region'
    | 'import-overlaps-existing'
    | 'import-breaks-invariant'
    | 'import-plan-under-way'
    | 'import-plan-frozen'
    | 'import-leaves-buildings'
    | 'import-failed';
  readonly file?: FeatureFile;
  readonly values: Readonly<Record<string, string | number>>;
}

type Text = Readonly<Record<ImportLanguage, string>>;

export const fileNames: Readonly<Record<FeatureFile, Text>> = {
  communities: { zh: '村、社区', en: 'communities' },
  buildings: { zh: '楼栋', en: 'buildings' },
  barriers: { zh: '界线要素', en: 'barriers' },
  households: { zh: '户数清单', en: 'household list' },
  institutions: { zh: '单位', en: 'institutions' },
  'department-grids': { zh: '部门原有网格', en: "departments' grids" },
  staff: { zh: '网格人员', en: 'staff' },
  regions: { zh: '行政区划代码表', en: 'region table' },
  layout: { zh: '网格成果', en: 'layout' },
  source: { zh: '文件', en: 'file' },
};

const PROBLEMS: Readonly<Record<ImportProblem['code'], Text>> = {
  'file-missing': { zh: '缺少文件。', en: 'The file is missing.' },
  'file-unreadable': { zh: '无法读取文件:{reason}', en: 'The file cannot be read: {reason}' },
  'file-not-utf8': { zh: '文件不是 UTF-8 编码,请转换后再导入。', en: 'The file is not in UTF-8; convert it first.' },
  'file-not-json': { zh: '文件不是有效的 JSON:{reason}', en: 'The file is not valid JSON: {reason}' },
  'file-not-features': {
    zh: '文件应为 GeoJSON FeatureCollection,实际为“{type}”。',
    en: 'The file has to be a GeoJSON FeatureCollection, not “{type}”.',
  },
  'file-empty': { zh: '文件里没有数据:没有一个要素,也没有一行表格。', en: 'The file is empty: it has no features and no rows.' },
  'file-twice': {
    zh: '同一个文件({name})以同样的方式传了两次,数据会重复计算;请删去一个。',
    en: 'The same file ({name}) was sent twice to be read in the same way, and would count twice; take one out.',
  },
  'file-too-many': { zh: '要素多于 {limit} 个。', en: 'The file has more than {limit} features.' },
  'file-crs': {
    zh: '坐标系“{crs}”不受支持:须为 CGCS2000(EPSG:4490)或 WGS 84 经纬度。',
    en: 'Coordinate system “{crs}” is not supported: degrees on CGCS2000 (EPSG:4490) or WGS 84 are needed.',
  },
  'file-without-households': {
    zh: '没有一个楼栋有“households”(户数)字段,请检查字段名。',
    en: 'No building has a field “households”; check the field names.',
  },
  'file-format-unknown': {
    zh: '无法识别“{name}”的格式。可用:GeoJSON、Shapefile(zip)、GeoPackage、KML/KMZ、File Geodatabase(zip)、DXF、FlatGeobuf、CSV、XLSX、OSM。',
    en: 'The format of “{name}” is not known. Known: GeoJSON, Shapefile (zip), GeoPackage, KML/KMZ, File Geodatabase (zip), DXF, FlatGeobuf, CSV, XLSX, OSM.',
  },
  'file-format-old': {
    zh: '“{name}”是旧版 Excel(.xls)文件,请另存为 .xlsx 后再导入。',
    en: '“{name}” is a workbook of an old Excel (.xls); save it as .xlsx and import that.',
  },
  'file-broken': {
    zh: '文件已损坏或不完整,请从原来的软件重新导出再导入。{reason}',
    en: 'The file is damaged or cut off; export it again from where it came. {reason}',
  },
  'file-part-missing': {
    zh: 'Shapefile 缺少 {part},请把 .shp、.shx、.dbf、.prj 一起打包成 zip。',
    en: 'The Shapefile lacks {part}; pack .shp, .shx, .dbf and .prj together into a zip.',
  },
  'file-layer-unknown': { zh: '文件中没有图层“{layer}”,有:{known}。', en: 'The file has no layer “{layer}”; it has {known}.' },
  'file-encoding-unknown': { zh: '不支持编码“{encoding}”。', en: 'Encoding “{encoding}” is not known.' },
  'file-too-large': { zh: '解压后的内容超过 {limit} MB。', en: 'Unpacked it is larger than {limit} MB.' },
  'file-too-slow': {
    zh: '读取超过 {seconds} 秒,已停止。请缩小范围或拆分文件。',
    en: 'Reading took more than {seconds} seconds and was stopped; cut the file into smaller ones.',
  },
  'file-too-much-memory': {
    zh: '读取所需内存过多,已停止。请缩小范围或拆分文件。',
    en: 'Reading needs too much memory and was stopped; cut the file into smaller ones.',
  },
  'zip-bomb': {
    zh: '压缩包的“{entry}”解压后异常巨大,拒绝解压。',
    en: '“{entry}” of the zip unpacks to an enormous size and was not unpacked.',
  },
  'zip-too-many': { zh: '压缩包中的文件多于 {limit} 个。', en: 'The zip has more than {limit} files.' },
  'zip-unsafe-path': {
    zh: '压缩包中的路径“{entry}”不安全,拒绝解压。',
    en: 'The path “{entry}” in the zip is not safe; nothing was unpacked.',
  },
  'zip-link': { zh: '压缩包中的“{entry}”是链接,拒绝解压。', en: '“{entry}” in the zip is a link; nothing was unpacked.' },
  'zip-nested': { zh: '压缩包里还有压缩包“{entry}”,请先解压。', en: 'The zip holds another zip, “{entry}”; unpack it first.' },
  'zip-several': {
    zh: '压缩包里有 {count} 个可导入的文件({entries}),请解压后逐个导入。',
    en: 'The zip holds several files to import (files: {count}): {entries}. Unpack it and import them one by one.',
  },
  'zip-encrypted': { zh: '压缩包已加密,请去掉密码后再导入。', en: 'The zip is encrypted; take the password off and import again.' },
  'table-date-invalid': {
    zh: '代码表须注明从哪一天起有效(YYYY-MM-DD),不能是“{validFrom}”。',
    en: 'A region table has to say from which day on it holds (YYYY-MM-DD); “{validFrom}” is no day.',
  },
  'table-date-future': {
    zh: '代码表从 {validFrom} 起有效,还没有到这一天;请到时再导入。',
    en: 'The region table holds from {validFrom} on, which is still to come; import it then.',
  },
  'table-outdated': {
    zh: '{region} 已有 {newer} 起有效的代码表,比这份({validFrom})新;请按日期先后导入。',
    en: 'A region table of {newer} is there already for {region}, newer than this one of {validFrom}; import tables by the order of their days.',
  },
  'table-beyond-region': {
    zh: '代码表中的 {region} 不在您的账户所管的区域内,什么也没有导入。请只保留本区域的行。',
    en: '{region} of the region table lies outside the region of your account; nothing was imported. Leave only the rows of your own region.',
  },
  'table-successor-unknown': {
    zh: '{code} 的接替者 {successor} 不在代码表中,或者级别不同;请重新选择。',
    en: 'The successor {successor} of {code} is not in the region table, or of another level; choose again.',
  },
  'import-refused': {
    zh: '有要素被拒绝,未导入任何内容。请按清单修改;楼栋、界线要素和单位也可选择“跳过被拒绝的要素”。',
    en: 'Features were refused and nothing was imported. Mend them by the list; refused buildings, barriers and institutions may be skipped.',
  },
  'import-cancelled': { zh: '导入已取消,未导入任何内容。', en: 'The import was cancelled; nothing was imported.' },
  'import-overtaken': {
    zh: '导入期间,相同的村、社区或网格已被他人改动,未导入任何内容。请重新预览后再导入。',
    en: 'Meanwhile somebody else has changed the same communities or grids; nothing was imported. Preview and import again.',
  },
  'import-account-changed': {
    zh: '导入期间您的账户被停用,或者权限、所管区域有变,未导入任何内容。',
    en: 'During the import your account was closed, or its rights or region changed; nothing was imported.',
  },
  'import-beyond-region': {
    zh: '文件中的村、社区 {community} 不在您的账户所管的区域内,什么也没有导入。请删去后重新导入。',
    en: 'Community {community} of the file lies outside the region of your account; nothing was imported. Take it out and import again.',
  },
  'import-overlaps-existing': {
    zh: '村、社区 {community} 与已有的村、社区重叠,未导入任何内容。',
    en: 'Community {community} overlaps one that is there already; nothing was imported.',
  },
  'import-plan-frozen': {
    zh: '该方案已经报批,不能再改动网格人员,未导入任何内容。',
    en: 'The plan has been submitted and its staff cannot change any more; nothing was imported.',
  },
  'import-plan-under-way': {
    zh: '方案“{plan}”包含 {community} 且正在报批,其边界现在不能改动。',
    en: 'Plan “{plan}” holds {community} and is being approved: its border cannot change now.',
  },
  'import-leaves-buildings': {
    zh: '按新边界,{community} 的 {count} 栋楼({households} 户)不再属于任何村、社区,未导入任何内容。请修改边界,或选择“删除清单中没有的楼栋”。',
    en: 'Within the new borders, buildings of {community} would lie in no community (buildings: {count}, households: {households}); nothing was imported. Mend the borders, or choose to remove the buildings that the list does not have.',
  },
  'import-failed': { zh: '服务器内部错误,未导入任何内容。', en: 'An error inside the server; nothing was imported.' },
  'import-breaks-invariant': {
    zh: '导入会破坏数据约束({found}),未导入任何内容。',
    en: 'The import would break an invariant ({found}); nothing was imported.',
  },
};

const FINDINGS: Readonly<Record<string, Text>> = {
  'staff-role-assumed': { zh: '清单没有角色字段,所有人按“{role}”导入。', en: 'The list names no roles; everybody was taken as “{role}”.' },
  'staff-id-number': {
    zh: '含有身份证号码,未导入。系统不保存身份证号码,请从清单中删除。',
    en: 'It holds the number of an identity card and was not taken. Such numbers are never stored; take them out of the list.',
  },
  'staff-grid-missing': { zh: '没有网格编号和网格名称。', en: 'It names no grid, neither by code nor by name.' },
  'staff-name-missing': { zh: '没有姓名。', en: 'The name is missing.' },
  'staff-role-missing': { zh: '没有角色。', en: 'The role is missing.' },
  'staff-phone': { zh: '电话号码格式不对。', en: 'The phone is no phone number.' },
  'staff-too-long': { zh: '姓名或角色超过 40 个字。', en: 'Name or role is longer than 40 characters.' },
  'staff-grid-unknown': { zh: '方案中没有网格“{value}”。', en: 'The plan has no grid “{value}”.' },
  'staff-grid-several': {
    zh: '方案中有 {count} 个网格叫“{value}”,请填写网格编号或村、社区名称。',
    en: 'The plan has {count} grids called “{value}”; give the code of the grid or its community.',
  },
  'row-is-household': {
    zh: '清单没有户数字段,每一行按一户计(共 {count} 行)。',
    en: 'The list has no number of households; every row was counted as one (rows: {count}).',
  },
  'household-persons-estimated': {
    zh: '{count} 行没有人口数,按每户 {factor} 人估算。',
    en: 'Persons are missing and were estimated at {factor} per household (rows: {count}).',
  },
  'households-row-empty': { zh: '没有户数,未计入。', en: 'It has no number of households and was not counted.' },
  'household-row-unmatched': {
    zh: '按编号、地址、名称或位置都找不到“{value}”这栋楼(楼栋里没有,或者这栋楼没有采用),{households} 户未计入。',
    en: 'No building that was taken fits “{value}” by identifier, address, name or place; households not counted: {households}.',
  },
  'household-row-several': {
    zh: '“{value}”与 {count} 栋楼相符,无法确定是哪一栋,{households} 户未计入。',
    en: '“{value}” fits {count} buildings; households not counted: {households}.',
  },
  'register-row-unmatched': { zh: '找不到“{value}”这个村、社区。', en: 'No community fits “{value}”.' },
  'register-row-several': {
    zh: '有 {count} 个村、社区叫“{value}”,请填写 12 位代码。',
    en: '{count} communities are called “{value}”; give the code of 12 digits.',
  },
  'heights-dropped': { zh: '坐标中的高程已舍去({count} 个要素)。', en: 'Heights in the coordinates were dropped (features: {count}).' },
  'ring-closed': { zh: '未闭合的环已闭合。', en: 'An open ring was closed.' },
  'feature-malformed': { zh: '要素不符合 GeoJSON 规范:{reason}', en: 'The feature is not valid GeoJSON: {reason}' },
  'geometry-missing': { zh: '没有位置:没有图形,或者没有填经度、纬度。', en: 'It has no place: no geometry, or no longitude and latitude.' },
  'geometry-type': { zh: '几何类型“{type}”不适用。', en: 'Geometry of type “{type}” cannot be used here.' },
  'coordinates-not-degrees': {
    zh: '坐标 {x}, {y} 不是经纬度,可能是投影坐标。',
    en: 'Coordinates {x}, {y} are no degrees; perhaps they are projected.',
  },
  'coordinates-swapped': {
    zh: '坐标 {x}, {y} 的经度和纬度似乎颠倒了。',
    en: 'Longitude and latitude of {x}, {y} seem to be swapped.',
  },
  'self-intersection': { zh: '边界自相交,无法判断原意。', en: 'The border crosses itself, and what was meant cannot be told.' },
  'self-intersection-mended': { zh: '边界自相交处的小环已去除。', en: 'Small loops where the border crosses itself were taken off.' },
  'area-nil': { zh: '面积为零。', en: 'It has no area.' },
  'line-nil': { zh: '长度为零。', en: 'It has no length.' },
  'name-missing': { zh: '缺少名称。', en: 'The name is missing.' },
  'name-unreadable': {
    zh: '名称“{name}”含有无法辨认的字符,请检查编码或原文件。',
    en: 'The name “{name}” holds characters that cannot be read; check the encoding, or the file.',
  },
  'department-missing': {
    zh: '不知道是哪个部门的网格:请对应“部门”字段,或为整个文件选择部门。',
    en: 'The department is missing: map its field, or choose the department of the whole file.',
  },
  'department-grid-double': { zh: '与第 {earlier} 行完全相同,只计一次。', en: 'It is the same as row {earlier} and was counted once.' },
  'code-missing': { zh: '缺少 12 位代码。', en: 'The code of 12 digits is missing.' },
  'code-invalid': {
    zh: '“{code}”不是村、社区代码:须为 12 位数字,且不以 00 开头。',
    en: '“{code}” is no code of a community: that has 12 digits and does not begin with 00.',
  },
  'region-code-missing': { zh: '缺少区划代码。', en: 'The region code is missing.' },
  'region-code-invalid': {
    zh: '“{code}”不是区划代码:省 2 位、市 4 位、县 6 位、乡镇 9 位、村(社区)12 位数字,后面可以用 0 补齐。',
    en: '“{code}” is no region code: that has 2 digits for a province, 4 for a city, 6, 9 or 12 below, with or without zeros behind.',
  },
  'region-parent-contradicts': {
    zh: '代码 {code} 不在上级区划 {parent} 之内:代码须以上级代码开头。',
    en: 'Code {code} is not within {parent} above: a code begins with the code of what it lies in.',
  },
  'region-double': { zh: '与第 {earlier} 行相同,只计一次。', en: 'It is the same as row {earlier} and was counted once.' },
  'region-above-unnamed': {
    zh: '表中没有上级区划 {code} 的名称;已有名称的保留,没有的显示代码。',
    en: 'The table has no name for {code} above; the name stored stays, or the code is shown.',
  },
  'name-by-table': {
    zh: '{code} 在代码表中名为“{kept}”,文件中为“{name}”,采用代码表的名称。',
    en: '{code} is called “{kept}” by the region table and “{name}” in the file; the name of the table was kept.',
  },
  'community-ended': {
    zh: '{name}({code})已于 {end} 撤销或改码(接替者:{heir}),请改用现行代码。',
    en: '{name} ({code}) ended or changed its code on {end} (successor: {heir}); use the code that holds now.',
  },
  'code-not-text': { zh: '代码应为文本,已改为“{code}”。', en: 'The code has to be text and was made “{code}”.' },
  'code-duplicate': { zh: '代码 {code} 与第 {earlier} 个要素重复。', en: 'Code {code} is that of feature {earlier} already.' },
  'community-exists': { zh: '{name}({code})已经导入过。', en: '{name} ({code}) has been imported already.' },
  'parent-name-differs': {
    zh: '{code} 的名称“{name}”与前面的“{kept}”不一致,采用后者。',
    en: '{code} is called “{name}” here and “{kept}” before; the latter was kept.',
  },
  overlap: { zh: '{community}与{other}重叠 {area_m2} 平方米。', en: '{community} and {other} overlap by {area_m2} m².' },
  'overlap-mended': {
    zh: '与{other}重叠的 {area_m2} 平方米(平均宽 {width_m} 米)划归{community}。',
    en: 'The overlap of {area_m2} m² with {other} ({width_m} m wide on average) went to {community}.',
  },
  gap: {
    zh: '{community}与{other}之间有 {area_m2} 平方米不属于任何村、社区。',
    en: 'Between {community} and {other}, {area_m2} m² belong to no community.',
  },
  'gap-open': {
    zh: '与{other}之间的空隙 {area_m2} 平方米,按决定不归任何村、社区。',
    en: 'The gap of {area_m2} m² towards {other} stays outside all communities, as decided.',
  },
  'gap-mended': {
    zh: '与{other}之间的缝隙 {area_m2} 平方米(平均宽 {width_m} 米)划归{community}。',
    en: 'The gap of {area_m2} m² towards {other} ({width_m} m wide on average) went to {community}.',
  },
  'count-text': { zh: '“{value}”不是数字。', en: '“{value}” is not a number.' },
  'count-negative': { zh: '数量为负:{value}。', en: 'The count is negative: {value}.' },
  'count-fraction': { zh: '数量不是整数:{value}。', en: 'The count is not a whole number: {value}.' },
  'count-too-large': { zh: '数量过大:{value}。', en: 'The count is too large: {value}.' },
  'count-was-text': { zh: '文本“{value}”已按数字读取。', en: 'Text “{value}” was read as a number.' },
  'households-missing': { zh: '没有户数,按 0 户计。', en: 'Households are missing and were taken as 0.' },
  'population-estimated': {
    zh: '{count} 个楼栋没有人口数,按每户 {factor} 人估算。',
    en: 'Persons are missing and were estimated at {factor} per household (buildings: {count}).',
  },
  'footprint-too-large': {
    zh: '轮廓长 {extent_m} 米,超过 {limit_m} 米,不像一栋楼;请检查坐标,或改为各栋的轮廓。',
    en: 'The footprint is {extent_m} m long, more than {limit_m} m: no building is. Check the coordinates, or give each building its own.',
  },
  'footprint-parts': { zh: '轮廓有 {parts} 个部分,取最大的一个。', en: 'The footprint has {parts} parts; the largest was taken.' },
  'building-double': {
    zh: '与第 {earlier} 个要素(id {id})完全相同,只计一次。',
    en: 'It is the same as feature {earlier} (id {id}) and was counted once.',
  },
  'building-id-repeated': {
    zh: 'id {id} 与第 {earlier} 个要素相同但楼栋不同,两者都保留。',
    en: 'It has the id {id} of feature {earlier} but is another building; both were kept.',
  },
  'beyond-region': { zh: '不在您的账户所管的区域内。', en: 'It lies outside the region of your account.' },
  'outside-communities': { zh: '不在任何村、社区内。', en: 'It lies in no community.' },
  'class-missing': { zh: '缺少 class(类别),可用:{known}。', en: 'Its class is missing; known are {known}.' },
  'class-unknown': { zh: '类别“{class}”未知,可用:{known}。', en: 'Class “{class}” is not known; known are {known}.' },
  'curve-straightened': { zh: '曲线已按折线读取。', en: 'Its curves were read as chains of straight lines.' },
  'row-of-totals': { zh: '这一行是合计,已略过。', en: 'This row holds totals and was left out.' },
  'cell-error': {
    zh: '{column} 列的单元格是错误值“{value}”,按空白读取。',
    en: 'The cell in column {column} holds the error “{value}” and was read as blank.',
  },
  'formula-without-value': {
    zh: '{column} 列的公式没有保存计算结果,按空白读取。请在 Excel 中打开并保存后再导入。',
    en: 'The formula in column {column} has no stored result and was read as blank; open and save the workbook in Excel, then import again.',
  },
  'merged-cells-filled': {
    zh: '{column} 列的合并单元格已按首行的内容填到各行(共 {count} 行)。',
    en: 'Merged cells in column {column}: the value of the first row was taken for the others, too (rows: {count}).',
  },
  'osm-double': {
    zh: '与第 {earlier} 个要素({id})相同,只计一次。',
    en: 'It is the same as feature {earlier} ({id}) and was counted once.',
  },
  'osm-pieces-joined': {
    zh: '在图幅边缘被切开的部分已与第 {earlier} 个要素({id})合并。',
    en: 'It was cut off at the edge of a map tile and was joined to feature {earlier} ({id}) again.',
  },
  'barrier-area': { zh: '面已按其轮廓线读取。', en: 'The area was read as its outline.' },
};

/** What GeoJSON calls the parts of a geometry. */
const GEOMETRY_TYPES: Readonly<Record<string, string>> = { points: 'Point', lines: 'LineString', polygons: 'Polygon' };

/** The sentence of a finding, without file and feature number. */
export function findingSentence({ message, values }: Pick<ImportFinding, 'message' | 'values'>, language: ImportLanguage): string {
  const type = GEOMETRY_TYPES[values.type ?? ''] ?? values.type;
  return filled(FINDINGS[message]?.[language] ?? message, type === undefined ? values : { ...values, type });
}

/** The sentence of a problem, with the file it is about. */
export function problemSentence({ code, file, values }: ImportProblem, language: ImportLanguage): string {
  const sentence = filled(PROBLEMS[code][language], values).trimEnd();
  if (file === undefined) return sentence;
  return language === 'zh' ? `${fileNames[file].zh}:${sentence}` : `${fileNames[file].en}: ${sentence}`;
}

/** The template with its {name}s filled in. */
export function filled(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
