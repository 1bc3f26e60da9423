// Kinds of roads, waters, railways and walls as offices and OpenStreetMap call them → our classes of barriers.
import type { BarrierClass } from '../../api/messages.ts';
import { osmRoadClass } from '../osm-roads.ts';

/** Classes and levels of CJJ 37 (urban roads) and JTG B01 (highways), common words, and OpenStreetMap's tags but for its roads. */
const WORDS: Readonly<Record<BarrierClass, readonly string[]>> = {
  river: [
    ...['河流', '河道', '河', '江', '溪', '水系', '水渠', '渠道', '干渠', '沟渠', '渠', '运河', '湖泊', '水库', '水面', '双线河', '单线河'],
    ...['river', 'stream', 'canal', 'drain', 'ditch', 'riverbank', 'water', 'waterway', 'lake', 'reservoir'],
  ],
  railway: [
    ...['铁路', '高速铁路', '高铁', '城际铁路', '轻轨', '铁路线', '铁道', '火车道'],
    ...['railway', 'rail', 'light_rail', 'narrow_gauge', 'tram', 'monorail'],
  ],
  'main-road': [
    ...[
      '主干路',
      '主干道',
      '城市主干路',
      '快速路',
      '高速公路',
      '高速',
      '国道',
      '省道',
      '一级公路',
      '二级公路',
      '一级',
      '二级',
      '主路',
      '环路',
    ],
    ...['main-road', 'main', 'expressway', 'arterial'],
  ],
  secondary: ['次干路', '次干道', '城市次干路', '县道', '三级公路', '三级', '次要道路', 'collector'],
  street: ['支路', '城市支路', '街道', '街', '乡道', '四级公路', '四级', '道路', '公路', '一般道路', 'street'],
  lane: [
    ...[
      '巷',
      '巷道',
      '小巷',
      '巷子',
      '里弄',
      '弄堂',
      '胡同',
      '村道',
      '小路',
      '便道',
      '机耕路',
      '机耕道',
      '等外公路',
      '等外',
      '内部道路',
      '小区道路',
      '人行道',
      '步行街',
    ],
    // Whoever lists paths among the borders means them; in a map of everything they part no neighbours.
    ...['lane', 'alley', 'path', 'footway', 'cycleway', 'steps'],
  ],
  wall: ['围墙', '围栏', '栅栏', '城墙', '院墙', '围挡', 'wall', 'fence', 'city_wall', 'hedge', 'retaining_wall'],
};

const CLASS_OF = new Map(Object.entries(WORDS).flatMap(([name, words]) => words.map((word) => [word, name as BarrierClass] as const)));
/** A word of two Han characters or more within a longer one (城市次干路(规划)); the longest decides. */
const TELLING = [...CLASS_OF.keys()].filter((word) => /\p{Script=Han}{2}/u.test(word)).sort((a, b) => b.length - a.length);

/** The class of a word in Chinese or of OpenStreetMap; null: not known. */
export function barrierClassOf(word: string): BarrierClass | null {
  const text = word.normalize('NFKC').trim().toLowerCase();
  const tag = text.replaceAll(' ', '_');
  const contained = TELLING.find((telling) => text.includes(telling)) ?? '';
  return CLASS_OF.get(text) ?? CLASS_OF.get(tag) ?? osmRoadClass(tag) ?? CLASS_OF.get(contained) ?? null;
}
