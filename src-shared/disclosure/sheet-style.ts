/**
 * The look of a sheet: A4, black on white, as the office forms people know. `left`, `right` and `page` stand in the
 * margin of every page, `water` faintly across it: decoration, which is not read out.
 */
export function sheetStyle(marks: {
  readonly left: string
  readonly right: string
  readonly page: string
  readonly water: string
}): string {
  const [before = '', between = '', after = ''] = marks.page.split('#')
  return `@page{size:A4;margin:20mm 18mm 18mm;
@bottom-left{content:${quoted(marks.left)};font-size:8pt;color:#444}
@bottom-center{content:${quoted(before)} counter(page) ${quoted(between)} counter(pages) ${quoted(after)};font-size:8pt;color:#444}
@bottom-right{content:${quoted(marks.right)};font-size:8pt;color:#444}}
*{box-sizing:border-box}
html{background:#fff;color:#000}
body{margin:0 auto;padding:24px;max-width:190mm;font:10.5pt/1.6 "FangSong","FangSong_GB2312","STFangsong","Noto Serif CJK SC","SimSun",serif}
header{margin-bottom:14px;border-bottom:3px double #000;text-align:center}
h1{margin:0 0 2px;font-size:20pt;letter-spacing:.2em}
header p{margin:0 0 8px;font-size:10pt}
table{width:100%;border-collapse:collapse;margin:0 0 12px}
th,td{border:1px solid #000;padding:3px 8px;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{width:8.5em;font-weight:normal;background:#f4f4f4;-webkit-print-color-adjust:exact;print-color-adjust:exact}
h2{margin:18px 0 6px;font-size:12.5pt;break-after:avoid}
h2 small{font-size:9.5pt;font-weight:normal}
article{margin-bottom:14px;break-inside:avoid-page}
article table{margin:0}
.from{margin:3px 0 0;font-size:8.5pt;line-height:1.5;color:#222}
.from b{font-weight:normal;color:#555}
.note{margin:12px 0;padding:8px 12px;border:1px solid #000}
.sign{display:grid;grid-template-columns:1fr 1fr 1fr;gap:12px;margin-top:36px;break-inside:avoid}
.heads{font:8pt/1.5 "Noto Sans Mono","Consolas",monospace;overflow-wrap:anywhere}
.mark{position:fixed;inset:0;display:grid;grid-template-columns:1fr 1fr;grid-auto-rows:1fr;overflow:hidden;pointer-events:none}
.mark span{place-self:center;transform:rotate(-28deg);white-space:nowrap;font-size:13pt;color:rgba(0,0,0,.075);-webkit-print-color-adjust:exact;print-color-adjust:exact}
.mark span::before{content:${quoted(marks.water)}}
@media print{body{padding:0;max-width:none}}`
}

/** A CSS string; everything but letters, digits and plain spaces is escaped (CSS Syntax 3, §4.3.7). */
export function quoted(text: string): string {
  const escaped = [...text].map((character) =>
    /[A-Za-z0-9 ]/.test(character) ? character : `\\${(character.codePointAt(0) ?? 32).toString(16)} `,
  )
  return `"${escaped.join('')}"`
}
