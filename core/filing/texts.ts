// What verification says of a package, in Chinese and English; {name} stands for a value.
import type { PackageFinding } from '../api/messages.ts';
import { filled } from '../import/texts.ts';

const TEXTS = {
  'zip-not-zip': { zh: '不是备案包:找不到压缩包的结尾。', en: 'This is no filing package: it has no end of a zip.' },
  'zip-cut-off': {
    zh: '备案包不完整:在 {file} 处(第 {byte} 字节)中断,请重新传送。',
    en: 'The package is cut off in {file}, after byte {byte}; send it again.',
  },
  'zip-seal-missing': { zh: '备案包没有封签(压缩包注释中的 SM3 摘要)。', en: 'The package has no seal (SM3 in the comment of the zip).' },
  'zip-seal-broken': {
    zh: '封签不符:备案包生成后有字节被改动。',
    en: 'The seal is broken: bytes of the package were changed after it was made.',
  },
  'zip-directory-broken': { zh: '压缩包目录自第 {byte} 字节起损坏。', en: 'The directory of the zip is broken from byte {byte}.' },
  'zip-header-differs': { zh: '{file} 的文件头自第 {byte} 字节起被改动。', en: 'The header of {file} was changed from byte {byte}.' },
  'zip-data-changed': {
    zh: '{file} 的内容被改动(自第 {byte} 字节起存放)。',
    en: 'The data of {file} (stored from byte {byte}) were changed.',
  },
  'zip-data-moved': {
    zh: '{file} 附近第 {byte} 字节处多出或缺少字节。',
    en: 'Bytes were put in or taken out at {file}, near byte {byte}.',
  },
  'file-missing': { zh: '缺少 {file}。', en: '{file} is missing.' },
  'file-doubled': { zh: '{file} 出现多次。', en: '{file} is there more than once.' },
  'file-foreign': { zh: '{file} 不是备案包应有的文件。', en: '{file} does not belong into a filing package.' },
  'file-path': { zh: '文件名“{file}”指向包外路径。', en: 'The name “{file}” leads out of the package.' },
  'file-too-large': {
    zh: '{file} 声明解压后 {bytes} 字节,超过上限 {limit} 字节,未解压。',
    en: '{file} says that it unpacks to {bytes} bytes; {limit} are allowed. Nothing was unpacked.',
  },
  'package-too-large': {
    zh: '备案包声明解压后共 {bytes} 字节,超过上限 {limit} 字节,未解压。',
    en: 'The package says that it unpacks to {bytes} bytes; {limit} are allowed. Nothing was unpacked.',
  },
  'file-unpack': { zh: '{file} 无法解压,或解压结果与文件头不符。', en: '{file} cannot be unpacked to what its header says.' },
  'file-not-utf8': { zh: '{file} 不是 UTF-8 文本。', en: '{file} is no UTF-8 text.' },
  'file-not-json': { zh: '{file} 不是有效的 JSON:{reason}', en: '{file} is not valid JSON: {reason}' },
  'file-schema': { zh: '{file} 的内容不合格式:{path}:{reason}', en: '{file} is not in its form: {path}: {reason}' },
  'digest-missing': { zh: '清单没有写明 {file} 的摘要。', en: 'The manifest has no digest of {file}.' },
  'digest-doubled': { zh: '清单多次写明 {file}。', en: 'The manifest lists {file} more than once.' },
  'digest-differs': {
    zh: '{file} 与清单不符:清单写明 {stated},实为 {found}({measure})。',
    en: '{file} is not what the manifest says: {measure} {stated}, found {found}.',
  },
  'plan-doubled': { zh: '清单中方案 {plan} 出现多次。', en: 'Plan {plan} is in the manifest more than once.' },
  'plan-unknown': {
    zh: '第 {item} 项写明方案 {plan},清单中没有。',
    en: 'Item {item} speaks of plan {plan}, which the manifest does not have.',
  },
  'region-elsewhere': { zh: '{region} 不在 {whole} 之内。', en: '{region} does not lie in {whole}.' },
  'counts-differ': {
    zh: '清单写明{subject}的{measure}为 {stated},网格成果合计为 {counted}。',
    en: 'The manifest gives {stated} {measure} for {subject}; the layout has {counted}.',
  },
  'rules-differ': {
    zh: '{file} 是“{found}”,清单写明“{stated}”。',
    en: '{file} is “{found}”; the manifest says “{stated}”.',
  },
  'community-area': { zh: '{community}的范围没有面积或自相交。', en: 'The area of {community} is nil or crosses itself.' },
  'community-doubled': { zh: '村、社区 {community} 出现多次。', en: 'The community {community} is there more than once.' },
  'community-overlap': { zh: '{community}与{other}的范围重叠 {area_m2} 平方米。', en: '{community} and {other} overlap by {area_m2} m².' },
  'community-gap': {
    zh: '{community}与{other}之间有 {area_m2} 平方米缝隙。',
    en: 'There is a gap of {area_m2} m² between {community} and {other}.',
  },
  'building-doubled': { zh: '楼栋 {building} 出现多次。', en: 'The building {building} is there more than once.' },
  'building-outside': { zh: '楼栋 {building} 不在任何村、社区内。', en: 'The building {building} lies in none of the communities.' },
  'building-point': {
    zh: '楼栋 {building} 的计数点不在楼栋范围内。',
    en: 'The counting point of the building {building} lies outside its footprint.',
  },
  layout: { zh: '{zh}', en: '{en}' },
  'layout-unexplained': { zh: '{zh}未说明理由。', en: '{en} No reason is given.' },
  'layout-excused': { zh: '{zh}已说明理由。', en: '{en} A reason is given.' },
  'code-missing': { zh: '网格“{grid}”没有编码。', en: 'The grid “{grid}” has no code.' },
  'code-unfit': {
    zh: '编码 {code} 按 {scheme} 与网格“{grid}”所在村、社区或类型不符。',
    en: 'The code {code} does not fit the community or the kind of the grid “{grid}” by {scheme}.',
  },
  'cell-code': {
    zh: '网格 {grid} 的单元格 {cell} 编码应为 {expected},实为 {code}。',
    en: 'Cell {cell} of {grid} should have the code {expected}, not {code}.',
  },
  'signature-missing': { zh: '方案“{plan}”的“{step}”缺少{organ}的签署。', en: 'Plan “{plan}”: {organ} has not signed the step “{step}”.' },
  'signature-stale': {
    zh: '方案“{plan}”的“{step}”:{organ}签署的不是这份内容。',
    en: 'Plan “{plan}”, step “{step}”: {organ} signed another content.',
  },
  'check-error': { zh: '检查“{check}”({community})仍有错误。', en: 'The check “{check}” of {community} still has an error.' },
  'check-unexplained': {
    zh: '检查“{check}”({community} {grid})有提醒而未说明理由。',
    en: 'The check “{check}” of {community} {grid} warns, and no reason is given.',
  },
  'check-stray': {
    zh: '检查“{check}”所指的 {subject} 不在备案包中。',
    en: 'The check “{check}” speaks of {subject}, which is not in the package.',
  },
  'change-stray': { zh: '编码变更的新编码 {code} 不在网格成果中。', en: 'The changed code {code} is not in the layout.' },
  'change-unexplained': {
    zh: '编码 {code} 停用而无后继,未说明原因。',
    en: 'The code {code} ends without a successor, and no reason is given.',
  },
  'code-retired': { zh: '编码 {code} 已停用,不得再用。', en: 'The code {code} is retired and may not be used again.' },
  'code-elsewhere': {
    zh: '编码 {code} 已登记给村、社区 {registered},包中用于 {stated}。',
    en: 'The code {code} is registered for {registered}; the package uses it for {stated}.',
  },
  'code-taken': {
    zh: '编码 {code} 已是正式编码(网格“{grid}”),不能由新方案再次备案。',
    en: 'The code {code} is official already (grid “{grid}”); a new plan cannot file it again.',
  },
  'change-unregistered': { zh: '编码变更的原编码 {code} 未在本地登记。', en: 'The former code {code} is not registered here.' },
  'more-findings': { zh: '另有 {count} 条同类问题未列出。', en: 'There are {count} more of the same kind.' },
} as const satisfies Record<string, Readonly<Record<'zh' | 'en', string>>>;
export type PackageMessage = keyof typeof TEXTS;

type Values = PackageFinding['values'];
interface Told {
  readonly file?: string | null;
  readonly values?: Values;
  readonly at?: string | null;
  readonly severity?: PackageFinding['severity'];
}

/** `file` is also a value that the sentence may name. */
export function packageFinding(
  message: PackageMessage,
  { file = null, values = {}, at = null, severity = 'error' }: Told = {},
): PackageFinding {
  const named: Values = { ...(file !== null && { file }), ...values };
  const { zh, en } = TEXTS[message];
  return { severity, file, message, values, sentence: { zh: filled(zh, named), en: filled(en, named) }, at };
}
