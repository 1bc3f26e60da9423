// What the commands say to people on standard error, in Chinese and English; {name} stands for a value.
import { filled, type ImportLanguage } from '../../core/import/texts.ts';
import { LANGUAGE } from './language.ts';

const TEXTS = {
  'nothing-checked': {
    zh: '有要素被拒绝,未做任何检查。请按清单修改。',
    en: 'Features were refused and nothing was checked. Mend them by the list.',
  },
  'nothing-divided': {
    zh: '有要素被拒绝,未做任何划分。请按清单修改。',
    en: 'Features were refused and nothing was divided. Mend them by the list.',
  },
  unexplained: {
    zh: '以下村、社区既未找到合规的划分,也未能证明无法合规:{codes}',
    en: 'Neither a legal division was found nor a proof that there is none: {codes}',
  },
  'profile-unknown': {
    zh: '网格成果写明的规则“{profile}”未知,按 {fallback} 检查。',
    en: 'The layout names the profile “{profile}”, which is not known here: it is checked by {fallback}.',
  },
  'not-known': { zh: '{option}:“{id}”未知,可用:{known}。', en: '{option}: “{id}” is not known; known are {known}.' },
  'plan-name': { zh: '--plan:名称应为 1 至 80 个字符。', en: '--plan: the name has to have 1 to 80 characters.' },
  'said-twice': { zh: '{option}:对同一个文件({file})说了两次。', en: '{option}: it is said twice of one file ({file}).' },
  'field-form': { zh: '--field:“{pair}”应写成 我们的字段=文件的字段。', en: '--field: “{pair}” has to be ours=theirs.' },
  'bad-choice': { zh: '{path}:{option} 不能是“{value}”。', en: '{path}: {option} cannot be “{value}”.' },
  'layer-open': {
    zh: '{path}:有多个图层,请用 --layer 指明:{layers}',
    en: '{path}: it has several layers; name one with --layer: {layers}',
  },
  'kind-open': { zh: '{path}:看不出内容是什么,请用 --as 指明。', en: '{path}: what it holds cannot be told; say it with --as.' },
  'file-open': {
    zh: '{path}:还缺少 {missing}。文件中的字段:{fields}',
    en: '{path}: {missing} is still missing. Fields of the file: {fields}',
  },
  'claims-nothing': { zh: '未说明', en: 'nothing' },
  'crs-open': {
    zh: '{path}:坐标系须由人确定(文件自称:{claim})。请从下面选一个写在文件后面:',
    en: '{path}: people have to say its coordinate system (the file claims: {claim}). Put one of these behind the file:',
  },
  'crs-unknown': {
    zh: '{path}:坐标与任何已知坐标系都不符(文件自称:{claim}),请用 --crs 指明。',
    en: '{path}: its coordinates fit no known system (the file claims: {claim}); say it with --crs.',
  },
  tolerance: { zh: '--tolerance:“{value}”不是 0 到 {limit} 之间的数。', en: '--tolerance: “{value}” is no number from 0 to {limit}.' },
  'plan-number': { zh: '--plan:“{plan}”不是方案编号。', en: '--plan: “{plan}” is not the number of a plan.' },
  'plan-missing': { zh: '--plan:没有编号为 {plan} 的方案。', en: '--plan: there is no plan {plan}.' },
  'out-folder': { zh: '{path} 是文件夹。', en: '{path} is a folder.' },
  'out-input': { zh: '{path} 是要读取的文件之一,请换一个文件名。', en: '{path} is one of the files that are read; name another one.' },
  'out-nameless': { zh: '请写明文件名。', en: 'the name of a file is needed.' },
  'out-nowhere': { zh: '没有文件夹 {path}。', en: 'there is no folder {path}.' },
  listening: { zh: '一张网已启动:{address}', en: 'OneGrid listens on {address}' },
  'demo-ready': { zh: '示例县已载入。', en: 'The demo county is ready.' },
  'demo-not-loaded': { zh: '数据库不是空的,未载入示例县。', en: 'The database is not empty: the demo county was not loaded.' },
  refused: { zh: '拒绝', en: 'refused' },
  mended: { zh: '已修正', en: 'mended' },
  finding: {
    zh: '{verdict}:{file},第 {feature} 个要素{field}:{sentence}{place}',
    en: '{verdict}: {file}, feature {feature}{field}: {sentence}{place}',
  },
  'more-findings': { zh: '……还有 {count} 条', en: '… and {count} more' },
  dropped: { zh: '含个人信息的列不入库,读取时已去掉:{columns}', en: 'columns about persons were dropped and not stored: {columns}' },
  'audit-whole': { zh: '日志完整:已核验 {sealed} 条。', en: 'The log is whole: {sealed} rows were looked at.' },
  'audit-head-form': {
    zh: '--head:摘要应为 64 位十六进制数字。',
    en: '--head: a digest has 64 hexadecimal digits.',
  },
  'audit-entry-changed': {
    zh: '位置 {position}:第 {entry} 条日志或其校验记录被改动。',
    en: 'Position {position}: row {entry} or its seal was changed.',
  },
  'audit-entry-removed': { zh: '位置 {position}:第 {entry} 条日志被删除。', en: 'Position {position}: row {entry} was removed.' },
  'audit-seal-removed': { zh: '位置 {position}:校验记录缺失。', en: 'Position {position}: the seal is gone.' },
  'audit-link-broken': {
    zh: '位置 {position}:与前一条校验记录不衔接,其中一条被改动或调换。',
    en: 'Position {position}: it does not follow the seal before it; one of both was changed or put elsewhere.',
  },
  'audit-form-unknown': {
    zh: '位置 {position}:校验记录出自更新的版本,无法核验。',
    en: 'Position {position}: a newer version made the seal; it cannot be looked at.',
  },
  'audit-entry-unsealed': {
    zh: '第 {entry} 条日志既未校验也不在待校验之列:系绕过日志插入,或其校验记录被删除。',
    en: 'Row {entry} is neither sealed nor waiting for it: it came past the log, or its seal was removed.',
  },
  'audit-waiting-forged': {
    zh: '待校验之列中的第 {entry} 条日志不存在或已校验。',
    en: 'Row {entry} waits for a seal, but is gone or sealed already.',
  },
  'audit-tail-cut': {
    zh: '另行记下的校验记录(位置 {position})不在链中:日志末尾被截去,或整个日志被重写。',
    en: 'The seal that was noted down (position {position}) is not in the chain: its end was cut off, or all of it was written anew.',
  },
  'audit-head-unreadable': {
    zh: '数据文件夹中的 audit-head.json 无法读取,可能被改动。',
    en: 'audit-head.json in the data folder cannot be read; somebody may have changed it.',
  },
  'crosswalk-format': { zh: '“{path}”须以 .csv 或 .xlsx 结尾。', en: '“{path}” has to end in .csv or .xlsx.' },
  'account-field': { zh: '账号的 {field} 不能是“{value}”。', en: '“{value}” cannot be the {field} of an account.' },
  'account-roles': {
    zh: '角色“{roles}”未知或重复,可用:{known}。',
    en: 'The roles “{roles}” are not known or named twice; known are {known}.',
  },
  'account-missing': { zh: '没有登录名为“{login}”的账号。', en: 'There is no account with the login “{login}”.' },
  'password-prompt': { zh: '密码:', en: 'Password: ' },
  'password-again': { zh: '再输一次:', en: 'Once more: ' },
  'password-differs': { zh: '两次输入的密码不同,未做任何更改。', en: 'The two passwords differ; nothing was changed.' },
  'password-missing': { zh: '标准输入中没有密码。', en: 'There is no password on standard input.' },
  error: { zh: '错误', en: 'error' },
  warning: { zh: '提醒', en: 'warning' },
  note: { zh: '提示', en: 'note' },
  'package-finding': { zh: '{severity}:{sentence}{place}', en: '{severity}: {sentence}{place}' },
  'package-unreadable': { zh: '无法读取备案包 {path}:{reason}', en: 'The package {path} cannot be read: {reason}' },
  'package-valid': { zh: '备案包完好,核验通过。', en: 'The package is sound.' },
  'package-refused': { zh: '备案包核验不通过:{errors} 个错误。', en: 'The package is refused (errors: {errors}).' },
  'about-file': { zh: '{file}:{sentence}', en: '{file}: {sentence}' },
  'file-path': { zh: '{file}({path})', en: '{file} ({path})' },
} as const satisfies Record<string, Readonly<Record<ImportLanguage, string>>>;

/** The sentence in the language of the terminal. */
export function say(text: keyof typeof TEXTS, values: Readonly<Record<string, string | number>> = {}): string {
  return filled(TEXTS[text][LANGUAGE], values);
}
