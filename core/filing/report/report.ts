// report.html: the filing as people read and print it. One file, no script, nothing from elsewhere.
import type { Layout } from '../../export/layout.ts';
import { DEFAULT_LIFECYCLE } from '../../lifecycle/lifecycle.ts';
import type { FilingCommunity, FilingContents } from '../contents.ts';
import { countsOf } from '../counts.ts';
import type { PackageCounts } from '../manifest.ts';
import { changeNames, checkNames, severityNames } from '../names.ts';
import { REGISTER_COLUMNS, registerRows } from '../register.ts';
import { type Html, html } from './html.ts';
import { STYLE } from './style.ts';
import { sharedPrefix, townMap } from './town-map.ts';

/** Digits of a town's code. */
const TOWN_DIGITS = 9;

export function reportHtml(contents: FilingContents, layout: Layout): string {
  const { city, created, plans } = contents;
  const title = `${city.name}网格划分方案备案报告`;
  const document = html`<html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title><style>${{ html: STYLE }}</style></head><body>
<h1>${title}</h1>
${aboutTable(contents)}
${summary(contents)}
${signatures(contents)}
${checks(contents)}
${changes(contents)}
<p class="note">${layout.onegrid.note}。${contents.sheetMark}。编制单位:${created.organ};日期:${created.day}。</p>
${townMaps(contents, layout)}
<section class="register"><h2>网格台账</h2>${table(
    REGISTER_COLUMNS.map(({ title: column }) => column),
    registerRows(plans),
  )}<p class="note">${layout.onegrid.note}。</p></section>
</body></html>
`;
  return `<!doctype html>\n${document.html}`;
}

function aboutTable({ created, sheetMark, synthetic, profile, scheme, regionTable }: FilingContents): Html {
  return table(
    ['项目', '内容'],
    [
      ['编制单位', created.organ],
      ['编制人', created.person],
      ['日期', created.day],
      ['划分规则', `${profile.content.name.zh}(${profile.content.id} 第 ${profile.version} 版)`],
      ['编码方案', `${scheme.content.name.zh}(${scheme.content.id} 第 ${scheme.version} 版)`],
      ['行政区划表', regionTable],
      ['地图', sheetMark],
      ...(synthetic ? [['数据', '模拟数据,非真实统计']] : []),
    ],
  );
}

function summary({ plans }: FilingContents): Html {
  const row = (name: string, region: string, counts: PackageCounts) => [
    name,
    region,
    counts.communities,
    counts.grids,
    counts.thematic,
    counts.households,
    counts.population,
    counts.buildings,
  ];
  const lines = plans.map(({ plan, grids, communities }) =>
    row(plan.name, plan.regionName, countsOf(propertiesOf(grids), communities.length)),
  );
  const all = countsOf(
    plans.flatMap(({ grids }) => propertiesOf(grids)),
    plans.reduce((sum, { communities }) => sum + communities.length, 0),
  );
  const total = plans.length > 1 ? [row('合计', '', all)] : [];
  return html`<h2>汇总</h2>${table(['方案', '区域', '村、社区', '网格', '专事网格', '户数', '人口', '楼栋'], [...lines, ...total])}`;
}

function signatures({ plans, profile }: FilingContents): Html {
  const steps = (profile.content.lifecycle ?? DEFAULT_LIFECYCLE).steps;
  const rows = plans.flatMap(({ plan, signatures: signed }) =>
    signed.map(({ step, organ, person, at, digest }) => [
      plan.name,
      steps.find(({ id }) => id === step)?.name.zh ?? step,
      organ,
      person,
      beijingTime(at),
      digest,
    ]),
  );
  return html`<h2>审签</h2>${table(['方案', '环节', '单位', '签署人', '时间', '所签内容摘要(SM3)'], rows)}`;
}

function checks({ plans }: FilingContents): Html {
  const nameOf = new Map(plans.flatMap(({ grids }) => propertiesOf(grids).map(({ code, name }) => [code, name])));
  const communityOf = new Map(plans.flatMap(({ communities }) => communities.map(({ code, name }) => [code, name])));
  const rows = plans.flatMap(({ checks: found }) =>
    found
      .filter(({ severity }) => severity !== 'note')
      .map(({ check, severity, community, grid, measured, limit, reason }) => [
        checkNames[check],
        severityNames[severity],
        communityOf.get(community) ?? community,
        grid === null ? '' : `${nameOf.get(grid) ?? ''} ${grid}`,
        measured === null ? '' : rounded(measured),
        limit === null ? '' : rounded(limit),
        reason,
      ]),
  );
  const none = html`<p>各项检查没有需要说明的事项。</p>`;
  return html`<h2>检查与例外</h2>${rows.length === 0 ? none : table(['检查', '轻重', '村、社区', '网格', '实测', '限值', '理由'], rows)}`;
}

function changes({ plans }: FilingContents): Html | string {
  const rows = plans.flatMap(({ changes: made }) =>
    made.map(({ from, fromName, to, kind, reason }) => [from ?? '', fromName, to ?? '', changeNames[kind], reason]),
  );
  return rows.length === 0 ? '' : html`<h2>编码变更</h2>${table(['原编码', '原网格', '新编码', '变更', '原因'], rows)}`;
}

/** One sheet per town, in the order of their codes. */
function townMaps(contents: FilingContents, layout: Layout): (Html | string)[] {
  const communities = contents.plans.flatMap((plan) => plan.communities);
  const towns = [...new Set(communities.map(({ code }) => code.slice(0, TOWN_DIGITS)))].sort();
  return towns.map((town) =>
    townSheet(
      contents,
      layout.features.filter(({ properties }) => properties.community.startsWith(town)),
      communities.filter(({ code }) => code.startsWith(town)),
      layout.onegrid.note,
    ),
  );
}

function townSheet(
  { created, sheetMark, synthetic }: FilingContents,
  grids: Layout['features'],
  communities: readonly FilingCommunity[],
  note: string,
): Html | string {
  const [first] = communities;
  if (!first || grids.length === 0) return '';
  const prefix = sharedPrefix(grids.flatMap(({ properties: { code } }) => code ?? []));
  return html`<section class="map"><h2>${first.county}${first.town}网格划分图</h2>
${townMap(grids, communities, prefix)}
<footer><span>${sheetMark}</span><span>图上编号前加 ${prefix} 为完整编码</span><span>${
    synthetic ? '模拟数据 ' : ''
  }编制单位:${created.organ}</span><span>日期:${created.day}</span><span>${note}</span></footer></section>
`;
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): Html {
  const body = rows.map((row) => html`<tr>${row.map(cell)}</tr>\n`);
  return html`<table><thead><tr>${head.map((title) => html`<th>${title}</th>`)}</tr></thead><tbody>${body}</tbody></table>`;
}

const DIGEST = /^[0-9a-f]{64}$/;

function cell(value: string | number): Html {
  if (typeof value === 'number') return html`<td class="number">${value}</td>`;
  return DIGEST.test(value) ? html`<td class="digest">${value}</td>` : html`<td>${value}</td>`;
}

/** Minutes from UTC to the time of the whole country. */
const BEIJING_MINUTES = 8 * 60;

/** 2026-02-27 16:00 */
function beijingTime(at: string): string {
  const time = new Date(at).getTime();
  return Number.isNaN(time) ? at : new Date(time + BEIJING_MINUTES * 60_000).toISOString().slice(0, 16).replace('T', ' ');
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
const propertiesOf = <P>(features: readonly { readonly properties: P }[]): P[] => features.map(({ properties }) => properties);
