// Says why a coordinate system is offered, in Chinese and English.
import type { CrsGuess } from '../../api/import-messages.ts';

type Text = Readonly<Record<'zh' | 'en', string>>;

const REASONS: Readonly<Record<string, Text>> = {
  claimed: { zh: '文件自带的坐标系说明,数值与之相符。', en: 'The file says so, and its numbers agree.' },
  degrees: { zh: '数值是中国范围内的经纬度。', en: 'The numbers are degrees within China.' },
  'map-service': {
    zh: '如果数据取自高德、腾讯或百度地图,就是这一种;仅凭数值无法区分,请对照底图或已有边界判断。',
    en: 'Meant if the data come from Amap, Tencent or Baidu; numbers alone cannot tell: compare with the map or with borders you have.',
  },
  'zone-number': { zh: '东坐标的前两位是带号。', en: 'The easting begins with the number of a zone.' },
  'web-mercator': { zh: '数值是中国范围内的 Web 墨卡托米制坐标。', en: 'The numbers are Web Mercator metres within China.' },
  'known-regions': {
    zh: '按这个中央经线,数据落在已有区划之内或附近。',
    en: 'With this central meridian the data lie in or beside regions that are known.',
  },
  'zone-open': {
    zh: '东坐标没有带号,中央经线只能由人确定:请看数据落在地图上的位置,或询问测绘单位。',
    en: 'The easting has no zone number, so people have to say the meridian: look where the data fall, or ask the surveyors.',
  },
  utm: {
    zh: '也可能是 UTM 投影,同一中央经线下位置相差一两公里。',
    en: 'It may be UTM, a kilometre or two off the zone about the same meridian.',
  },
  'outside-china': { zh: '数值像经纬度,但位置不在中国。', en: 'The numbers look like degrees, yet they lie outside China.' },
};
const AGAINST_CLAIM = '-against-claim';
const CLAIM_IS_WRONG: Text = { zh: '与文件自带的坐标系说明不符。', en: 'This is not what the file says.' };
const AXES_SWAPPED: Text = { zh: '文件中北坐标(纬度)在前。', en: 'The file has northing or latitude first.' };

/** One to three sentences: why it is offered, whether the axes are swapped, whether the file claims otherwise. */
export function crsReasonSentence({ reason, swapAxes }: Pick<CrsGuess, 'reason' | 'swapAxes'>, language: 'zh' | 'en'): string {
  const isAgainst = reason.endsWith(AGAINST_CLAIM);
  const ground = isAgainst ? reason.slice(0, -AGAINST_CLAIM.length) : reason;
  const sentences = [REASONS[ground], swapAxes ? AXES_SWAPPED : undefined, isAgainst ? CLAIM_IS_WRONG : undefined];
  return sentences.flatMap((sentence) => sentence?.[language] ?? []).join(language === 'zh' ? '' : ' ');
}
