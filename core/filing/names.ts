// What kinds, checks and changes are called in the documents of a filing.
import type { GridKind } from '../plan/state.ts';
import type { CheckId, Severity } from '../rules/rule.ts';
import type { FilingChange } from './contents.ts';

export const kindNames: Readonly<Record<GridKind, string>> = {
  urban: '城市网格',
  rural: '农村网格',
  dedicated: '专属网格',
  thematic: '专事网格',
};

export const checkNames: Readonly<Record<CheckId, string>> = {
  complete: '归入网格',
  inside: '社区范围',
  contiguous: '网格连片',
  size: '网格规模',
  building: '楼栋完整',
  barrier: '不跨干道河流',
  border: '边界走向',
  compact: '网格形状',
  name: '网格名称',
  kind: '网格类型',
  code: '网格编码',
  staff: '专职网格员',
  party: '党组织',
  totals: '户数核对',
  'one-net': '多网合一',
};

export const severityNames: Readonly<Record<Severity, string>> = { error: '错误', warning: '提醒', note: '提示' };

export const changeNames: Readonly<Record<FilingChange['kind'], string>> = {
  split: '拆分',
  merge: '合并',
  recode: '重新编码',
  redraw: '重新划分',
  new: '新设',
  end: '停用',
};
