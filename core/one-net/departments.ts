// The departments that drew grids of their own before the nets were merged: known ones have an id, any other keeps the text it came with.

export interface Department {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  /** Parts of names by which files call it. */
  readonly words: readonly string[];
}

/** The first whose word is found in a text is meant: 党建 before 城管, because 城管党建网格 is one of the party. */
export const DEPARTMENTS: readonly Department[] = [
  { id: 'party', zh: '党建', en: 'Party building', words: ['党建', '党组织', '组织部', '党委', 'party'] },
  { id: 'political-legal', zh: '政法综治', en: 'Public security administration', words: ['综治', '政法', '平安', '治安', '公安', '警'] },
  { id: 'civil-affairs', zh: '民政', en: 'Civil affairs', words: ['民政', 'civil'] },
  { id: 'city-management', zh: '城管', en: 'City management', words: ['城管', '城市管理', '城管执法', '环卫', '市容', 'city management'] },
  { id: 'market-supervision', zh: '市场监管', en: 'Market supervision', words: ['市场监管', '市监', '工商', '食药', 'market'] },
  { id: 'health', zh: '卫健', en: 'Health', words: ['卫健', '卫生', '疾控', '防疫', '疫情', '计生', 'health'] },
  { id: 'emergency', zh: '应急', en: 'Emergency management', words: ['应急', '消防', '安监', '安全生产', '防汛', 'emergency', 'fire'] },
  { id: 'housing', zh: '住建', en: 'Housing', words: ['住建', '房管', '物业', '住房', 'housing'] },
  { id: 'ecology', zh: '生态环境', en: 'Ecology', words: ['生态', '环保', '河长', '林长', 'ecology', 'environment'] },
];

/** The id of the department that the text means; of an unknown one the text itself, trimmed. */
export function departmentOf(text: string): string {
  const trimmed = text.trim();
  const lower = trimmed.toLowerCase();
  const known = DEPARTMENTS.find(({ id, words }) => id === lower || words.some((word) => lower.includes(word)));
  return known?.id ?? trimmed;
}

/** What people call the department. */
export function departmentName(department: string, language: 'zh' | 'en'): string {
  return DEPARTMENTS.find(({ id }) => id === department)?.[language] ?? department;
}
