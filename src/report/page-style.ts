import { COLOURS } from './palette.ts';

const variables = (shade: 0 | 1): string =>
  Object.entries(COLOURS)
    .map(([name, pair]) => `--${name}:${pair[shade]}`)
    .join(';');

/** The style of a report: system fonts, light or dark as the reader prefers, one column on a phone, and no colour lost in print. */
export const PAGE_STYLE = `:root{color-scheme:light dark;--page:#f4f6f9;--card:#fff;--good:#27804f;${variables(0)}}
@media (prefers-color-scheme:dark){:root{--page:#12161d;--card:#1a2029;--good:#6cc893;${variables(1)}}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif;-webkit-text-size-adjust:100%}
main,footer{max-width:1120px;margin:0 auto;padding:0 20px}
header{max-width:1120px;margin:0 auto;padding:36px 20px 20px}
header p{margin:0;color:var(--muted)}
h1{margin:2px 0 18px;font-size:clamp(1.6rem,4.5vw,2.3rem);line-height:1.2;letter-spacing:-.015em;overflow-wrap:anywhere}
h2{margin:0 0 12px;font-size:1.05rem}
section,figure{margin:0;background:var(--card);border:1px solid var(--grid);border-radius:12px;padding:18px 20px}
main{display:grid;gap:18px;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr));align-items:start}
.wide{grid-column:1/-1}
figure svg{display:block;width:100%;height:auto}
figure.scene svg{max-height:min(80vh,620px)}
figcaption{margin-top:8px;color:var(--muted);font-size:.9rem;overflow-wrap:anywhere}
dl.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(148px,1fr));gap:14px 28px;margin:0}
dl.facts div{min-width:0}
dl.facts dt{color:var(--muted);font-size:.85rem}
dl.facts dd{margin:0;font-size:1.25rem;font-weight:600;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
dl.facts dd small{display:block;font-size:.8rem;font-weight:400;color:var(--muted)}
dl.facts .main dd{font-size:1.9rem;line-height:1.25;color:var(--line)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.93rem;font-variant-numeric:tabular-nums}
th,td{padding:7px 12px 7px 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--grid)}
tbody tr:last-child>*{border-bottom:0}
thead th{color:var(--muted);font-weight:500;white-space:nowrap}
tbody th{font-weight:500}
td.number,th.number{text-align:right;white-space:nowrap}
td:last-child,th:last-child{padding-right:0}
td.number+td:not(.number),th.number+th:not(.number){padding-left:20px;white-space:nowrap}
table.settings td{overflow-wrap:anywhere}
table.settings th{width:34%;color:var(--muted);font-weight:400}
.best td,.best th{font-weight:650}
.tag{color:var(--good);font-weight:500;white-space:nowrap}
pre{margin:0 0 10px;padding:12px 14px;border:1px solid var(--grid);border-radius:8px;background:var(--page);white-space:pre;overflow-x:auto;font:.9rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;-webkit-user-select:all;user-select:all}
section p{margin:0 0 6px}
code{font:.86em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
.muted{color:var(--muted)}
:focus-visible{outline:2px solid var(--line);outline-offset:2px}
footer{padding-top:22px;padding-bottom:40px;color:var(--muted);font-size:.9rem}
@media (max-width:520px){header{padding-top:22px}section,figure{padding:14px}}
@media print{body{background:none}section,figure{break-inside:avoid}}`;
