import { both, Html, html } from './html.ts';

const STYLE = `
:root { color-scheme: light; --ink: #1d2733; --soft: #5b6875; --line: #e3e7ec; --accent: #0b6e99; --warm: #b4531a; --paper: #fff; --back: #f5f7f9; }
:root[data-language="en"] [lang="zh"], :root[data-language="zh"] [lang="en"] { display: none; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink); font: 15px/1.5 system-ui, "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
main, header > div { max-width: 1120px; margin: 0 auto; padding: 0 20px; }
header { background: var(--paper); border-bottom: 1px solid var(--line); padding: 22px 0; }
header > div { display: flex; align-items: baseline; gap: 16px; flex-wrap: wrap; }
h1 { font-size: 26px; margin: 0; } h2 { font-size: 20px; margin: 0 0 4px; } h3 { font-size: 14px; margin: 0 0 4px; font-weight: 600; } h3 small { color: var(--soft); font-weight: 400; } .scroll + h3, .scroll + .scroll { margin-top: 22px; }
header p { margin: 0; color: var(--soft); flex: 1; }
button { font: inherit; border: 1px solid var(--line); background: var(--paper); border-radius: 6px; padding: 4px 12px; cursor: pointer; }
section { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 20px; margin: 20px 0; }
section > p { margin: 0 0 14px; color: var(--soft); max-width: 80ch; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(200px, 1fr)); gap: 14px; margin: 20px 0; }
.tile { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 14px 16px; }
.tile b { display: block; font-size: 24px; font-weight: 650; font-variant-numeric: tabular-nums; }
.tile span { color: var(--soft); }
.multiples { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(320px, 100%), 1fr)); gap: 18px; margin-top: 18px; }
.scroll { overflow-x: auto; }
.on-narrow { display: none; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th { text-align: left; font-weight: 600; color: var(--soft); border-bottom: 1px solid var(--line); padding: 6px 10px 6px 0; white-space: nowrap; }
td { border-bottom: 1px solid var(--line); padding: 7px 10px 7px 0; vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.date { white-space: nowrap; } td.reason { min-width: 26ch; } td small { color: var(--soft); display: block; }
ul.reasons { margin: 0; padding-left: 18px; }
.chart { width: 100%; height: auto; } .chart text { font-size: 11px; fill: var(--soft); }
.grid { stroke: var(--line); } .history { fill: none; stroke: var(--ink); stroke-width: 1.4; } .mean { fill: none; stroke: var(--accent); stroke-width: 2; }
.fan-90 { fill: #d9ebf3; } .fan-80 { fill: #b5d7e6; } .fan-50 { fill: #82bbd4; } .now { stroke: var(--warm); stroke-dasharray: 3 3; }
.bar { width: 180px; height: 12px; vertical-align: middle; } .track { fill: #eef1f4; } .fill { fill: var(--accent); } .less { fill: var(--warm); } .reference { fill: var(--warm); stroke: var(--paper); stroke-width: 4; paint-order: stroke; }
.costs { width: 280px; height: 14px; vertical-align: middle; } .part-1 { fill: var(--warm); background: var(--warm); } .part-2 { fill: var(--accent); background: var(--accent); } .part-3 { fill: #82bbd4; background: #82bbd4; } .part-4 { fill: var(--soft); background: var(--soft); }
.legend { color: var(--soft); font-size: 13px; margin: 6px 0 0; } .key { display: inline-block; width: 12px; height: 12px; border-radius: 2px; vertical-align: -1px; margin: 0 4px 0 10px; }
.tag { display: inline-block; border-radius: 4px; padding: 0 6px; font-size: 12px; background: #eef1f4; white-space: nowrap; } .tag.high { background: #fbe6da; color: #8a3a0c; }
footer { color: var(--soft); font-size: 13px; padding: 0 0 40px; }
@media (max-width: 600px) { .on-wide { display: none; } .on-narrow { display: block; } main, header > div { padding: 0 10px; } section { padding: 14px; } td.reason { min-width: 44ch; } h1 { font-size: 22px; } }
@media print { body { background: #fff; } button { display: none; } section { break-inside: avoid; } }
`;

const SCRIPT = `
const root = document.documentElement;
const show = (language) => { root.dataset.language = language; root.lang = language; };
document.querySelector('button').addEventListener('click', () => show(root.dataset.language === 'en' ? 'zh' : 'en'));
if (location.hash === '#zh' || (location.hash !== '#en' && navigator.language.startsWith('zh'))) show('zh');
`;

/** One self-contained page: nothing is fetched. */
export function page(title: string, subtitle: Html, body: readonly Html[]): string {
  return html`<!doctype html>
<html lang="en" data-language="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<header><div><h1>${title}</h1><p>${subtitle}</p><button type="button">${both('中文', 'English')}</button></div></header>
<main>
${body}
</main>
<script>${new Html(SCRIPT)}</script>
</body>
</html>
`.text;
}

/** A titled part of the page with a sentence on how to read it. */
export function section(title: Html, how: Html, ...content: readonly Html[]): Html {
  return html`<section><h2>${title}</h2><p>${how}</p>${content}</section>`;
}

export interface TableColumn<Row> {
  title: Html;
  cell: (row: Row) => Html | string;
  kind?: 'number' | 'date' | 'reason';
}

export function table<Row>(rows: readonly Row[], columns: readonly TableColumn<Row>[]): Html {
  const head = columns.map(({ title, kind }) => html`<th class="${kind ?? ''}" scope="col">${title}</th>`);
  const body = rows.map(
    (row) => html`<tr>${columns.map(({ cell, kind }) => html`<td class="${kind ?? ''}">${cell(row)}</td>`)}</tr>
`,
  );
  return html`<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>
${body}</tbody></table></div>`;
}
