// How the report looks on paper: A4 upright, the maps on A3 across.

export const STYLE = `
@page { size: A4; margin: 18mm 15mm; }
@page map { size: A3 landscape; margin: 12mm; }
@page register { size: A4 landscape; margin: 12mm; }
body { font: 10.5pt/1.5 "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif; color: #000; margin: 0 auto; max-width: 1100px; padding: 0 12px; }
h1 { font-size: 20pt; text-align: center; margin: 8mm 0 4mm; }
h2 { font-size: 14pt; margin: 8mm 0 2mm; break-after: avoid; }
table { border-collapse: collapse; width: 100%; }
th, td { border: .5pt solid #444; padding: 1pt 4pt; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: #eee; font-weight: 600; }
td.number { text-align: right; white-space: nowrap; }
td.digest { font: 7.5pt/1.3 monospace; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
.note { font-size: 9pt; }
.map { page: map; break-before: page; }
.map svg { width: 100%; max-height: 235mm; border: .5pt solid #444; }
.map svg text { text-anchor: middle; font-family: sans-serif; paint-order: stroke; stroke: #fff; stroke-width: 2px; }
.map footer { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 16px; font-size: 9pt; }
.register { page: register; break-before: page; }
.register table { font-size: 8pt; }
`;
