// What is found of a package where it arrives, in both languages; {name} stands for a value.
import type { PackageFinding } from '../../core/api/messages.ts';

const sentences = {
  'city-out-of-reach': {
    zh: '备案包属于{city}({code}),不在您的管辖范围({region})内。',
    en: 'The package belongs to {city} ({code}), which is not in your region ({region}).',
  },
  'code-number-taken': {
    zh: '编码 {code} 的序号在该村、社区已属于另一个编码。',
    en: 'The number of the code {code} belongs to another code of that community.',
  },
  'code-in-use': {
    zh: '编码 {code} 正被本系统的另一个方案使用(网格“{name}”)。',
    en: 'The code {code} is used by another plan of this installation (grid “{name}”).',
  },
  'code-range': {
    zh: '编码 {code} 的序号不在分配给该地区的码段内。',
    en: 'The number of the code {code} lies outside the ranges that were handed out to its region.',
  },
  'change-of-other-city': {
    zh: '备案包要变更或注销的编码 {code} 不属于{city}。',
    en: 'The code {code} that the package changes or ends is not one of {city}.',
  },
  'communities-not-known': {
    zh: '本系统没有这些县的村、社区资料,未与本地界线核对。',
    en: 'This installation has no communities of these counties; borders were not compared with its own.',
  },
  'community-unknown': {
    zh: '村、社区 {community}({name})不在本系统的区划表内。',
    en: 'The community {community} ({name}) is not in the table of regions here.',
  },
  'community-name': {
    zh: '村、社区 {community} 在备案包中名为“{name}”,在本系统中名为“{here}”。',
    en: 'The community {community} is called “{name}” in the package and “{here}” here.',
  },
  'community-missing': {
    zh: '本系统区划表中的村、社区 {community}({name})不在备案包内。',
    en: 'The community {community} ({name}) of the table of regions here is not in the package.',
  },
  'community-outline': {
    zh: '村、社区 {community}({name})的界线与本系统不一致,相差 {area} 平方米。',
    en: 'The border of the community {community} ({name}) is not the one known here; {area} m² differ.',
  },
  'more-of-a-kind': { zh: '同类问题还有 {count} 处。', en: 'There are {count} more of this kind.' },
} as const satisfies Record<string, PackageFinding['sentence']>;

export type KnownMessage = keyof typeof sentences;

export function knownSentence(message: KnownMessage, values: PackageFinding['values']): PackageFinding['sentence'] {
  const { zh, en } = sentences[message];
  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
  return { zh: fill(zh), en: fill(en) };
}
