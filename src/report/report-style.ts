import { darkPalette, lightPalette, type PlotPalette, paletteProperties } from './plots/palette.ts'

const properties = (palette: PlotPalette): string =>
  paletteProperties(palette)
    .map(([name, colour]) => `${name}: ${colour};`)
    .join(' ')

/** The style sheet of a report: light on paper; on screen, in the reader's colour scheme. */
export const reportStyle = `
:root { color-scheme: light; ${properties(lightPalette)} }
@media screen and (prefers-color-scheme: dark) { :root { color-scheme: dark; ${properties(darkPalette)} } }
* { box-sizing: border-box; }
body {
  max-width: 1048px; margin: 0 auto; padding: 32px 24px 48px;
  background: var(--plot-surface); color: var(--plot-strong);
  font: 13px/20px Inter, system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif;
  overflow-wrap: anywhere;
}
h1 { margin: 0; font-size: 22px; line-height: 28px; }
h2 { margin: 32px 0 8px; padding-top: 12px; border-top: 1px solid var(--plot-grid); font-size: 15px; }
h2.run, h3 { margin: 16px 0 4px; padding: 0; border: 0; font-size: 13px; }
p { margin: 4px 0; }
.quiet, dt, thead th, figcaption { color: var(--plot-ink); }
.runs { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr)); gap: 8px 40px; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 2px 16px; margin: 8px 0 0; }
dd { margin: 0; }
.findings { margin: 0; padding: 0; list-style: none; }
.findings li { margin: 6px 0; padding: 6px 12px; border-left: 3px solid var(--plot-axis); }
.findings li.distrust { border-color: var(--plot-alarm); }
.findings li.distrust strong { color: var(--plot-alarm); }
.scroll { overflow-x: auto; }
table { width: 100%; margin: 8px 0 16px; border-collapse: collapse; font-size: 12px; line-height: 16px; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
caption { padding-bottom: 4px; font-weight: 600; text-align: start; }
th, td { padding: 4px 0 4px 14px; border-bottom: 1px solid var(--plot-grid); text-align: end; vertical-align: baseline; font-weight: 400; }
td { white-space: nowrap; }
td.lacks { color: var(--plot-ink); white-space: normal; min-width: 96px; }
thead th { vertical-align: bottom; border-color: var(--plot-axis); }
th.name { padding: 4px 10px 4px 0; text-align: start; overflow-wrap: anywhere; min-width: 88px; max-width: 260px; }
th.step, .whole { white-space: nowrap; }
.plots { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 24px 16px; }
figure { min-width: 0; margin: 0; break-inside: avoid; }
figure.wide { grid-column: 1 / -1; }
figcaption { margin-bottom: 4px; font-weight: 600; color: var(--plot-strong); }
svg { max-width: 100%; height: auto; }
@media screen and (max-width: 720px) {
  .plots { grid-template-columns: minmax(0, 1fr); }
  figure.wide { overflow-x: auto; }
  figure.wide svg { max-width: none; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 9.5pt; line-height: 13pt; }
  table { font-size: 8pt; line-height: 11pt; }
  th, td { padding-left: 8px; }
  th.name { padding-left: 0; }
  h2 { margin-top: 18pt; break-after: avoid; }
  .plots { gap: 12pt 8pt; }
  tr { break-inside: avoid; }
}
`.trim()
