// The receipt on paper: one A4 page or more, nothing but text, no script.
import type { FilingReceipt } from '../../core/api/messages.ts';
import { type Html, html } from '../../core/filing/report/html.ts';

const DECISIONS: Readonly<Record<FilingReceipt['parts'][number]['decision'], string>> = { accepted: '准予备案', returned: '退回' };

const style: Html = {
  html: `<style>
  @page { size: A4; margin: 25mm 22mm; }
  body { font: 12pt/1.7 'Songti SC', 'Noto Serif CJK SC', SimSun, serif; color: #000; max-width: 166mm; margin: 0 auto; }
  h1 { font-size: 20pt; text-align: center; margin: 0 0 8mm; }
  table { border-collapse: collapse; width: 100%; margin: 6mm 0; }
  th, td { border: 0.3mm solid #000; padding: 1.5mm 2mm; text-align: left; vertical-align: top; }
  th { font-weight: bold; }
  tr { break-inside: avoid; }
  td.count { text-align: right; }
  .digest { font-family: monospace; font-size: 9pt; word-break: break-all; }
  .signed { margin: 14mm 0 0 auto; width: 70mm; }
</style>`,
};

export function receiptPage(receipt: FilingReceipt): string {
  const { cityName, city, decidedAt, decidedBy, organ, parts } = receipt;
  const page = html`<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>网格划分方案备案回执 ${cityName}</title>${style}</head>
<body>
<h1>网格划分方案备案回执</h1>
<p>${cityName}(${city}):</p>
<p>你市报送的网格划分方案备案包已经核验,处理结果如下。</p>
<table>
<thead><tr><th>县(市、区)</th><th>行政区划代码</th><th>方案编号</th><th>处理结果</th><th>正式编码数</th><th>意见</th></tr></thead>
<tbody>${parts.map(partRow)}</tbody>
</table>
<p>备案包摘要(SM3):<br><span class="digest">${receipt.package}</span></p>
<p>回执摘要(SM3):<br><span class="digest">${receipt.digest}</span></p>
<p class="signed">${organ}<br>经办人:${decidedBy}<br>${dayInWords(decidedAt)}</p>
</body>
</html>`;
  return page.html;
}

function partRow({ regionName, region, plan, decision, codes, remarks }: FilingReceipt['parts'][number]): Html {
  return html`<tr><td>${regionName}</td><td>${region}</td><td>${plan}</td><td>${DECISIONS[decision]}</td><td class="count">${codes}</td><td>${remarks}</td></tr>`;
}

function dayInWords(moment: string): string {
  const day = new Date(moment);
  return `${day.getFullYear()}年${day.getMonth() + 1}月${day.getDate()}日`;
}
