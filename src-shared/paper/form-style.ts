import { quoted } from '../disclosure/sheet-style.ts'

/**
 * The look of a sheet that is filled in, signed and scanned: A4 upright, black on white. `left` and `right` stand at the
 * foot of every page, `page` between them with `#` for the number of the page and for that of all pages.
 */
export function formStyle(marks: {
  readonly left: string
  readonly right: string
  readonly page: string
}): string {
  const [before = '', between = '', after = ''] = marks.page.split('#')
  return `@page{size:A4 portrait;margin:12mm 14mm 15mm 20mm;
@bottom-left{content:${quoted(marks.left)};font-size:8pt;color:#444}
@bottom-center{content:${quoted(before)} counter(page) ${quoted(between)} counter(pages) ${quoted(after)};font-size:8pt;color:#444}
@bottom-right{content:${quoted(marks.right)};font-size:8pt;color:#444}}
*{box-sizing:border-box}
html{background:#fff;color:#000}
body{margin:0 auto;padding:24px;max-width:190mm;font:10.5pt/1.5 "FangSong","FangSong_GB2312","STFangsong","Noto Serif CJK SC","SimSun",serif}
.form{width:100%;border-collapse:collapse;break-after:page}
.form:last-child{break-after:auto}
.form>thead td{padding:0 0 3mm}
.head{display:grid;grid-template-columns:1fr 28mm;gap:4mm;align-items:start}
.head h1{margin:0 0 1mm;font-size:17pt;line-height:1.3;letter-spacing:.06em}
.head p{margin:0;font-size:9.5pt;line-height:1.5}
.head .unit{font-size:11pt}
.head .who{margin-top:1mm;font-size:10.5pt}
.head .who b{display:inline-block;min-width:9em;padding:0 .5em;border-bottom:1px solid #000;font-weight:normal;text-align:center}
.code{width:28mm}
.code svg{display:block;width:28mm;height:28mm}
.code p{font:7pt/1.2 "Consolas","Noto Sans Mono",monospace;text-align:center}
.form>tbody>tr>th,.form>tbody>tr>td{border:1px solid #000;padding:1.2mm 2mm;vertical-align:middle;text-align:left;overflow-wrap:anywhere}
.form>tbody>tr>th{width:31mm;font-weight:normal;background:#f3f3f3;-webkit-print-color-adjust:exact;print-color-adjust:exact}
tr{break-inside:avoid}.form>tbody>tr.whole{break-inside:auto}
th i{font-style:normal}
small{display:block;font-size:8pt;line-height:1.35;color:#333}
.lines{white-space:pre-wrap}
.room{display:flex;align-items:flex-end;justify-content:space-between;min-height:7mm}
.room-2{min-height:13mm}.room-4{min-height:30mm}
.words{white-space:nowrap}
.words span{display:inline-block;width:13mm}
.boxes{display:flex;flex-wrap:wrap;gap:.5mm 4mm}
.boxes span{white-space:nowrap}
.squares{display:grid;grid-auto-flow:column;grid-auto-columns:6.4mm}
.squares span{height:7mm;border:1px solid #777;margin-left:-1px}
.wide{padding:0!important}
.wide table{width:100%;border-collapse:collapse;table-layout:fixed}
.wide th,.wide td{border:1px solid #777;padding:.8mm 1.5mm;font-size:9.5pt;height:7mm;text-align:left;overflow-wrap:anywhere}
.wide th{height:auto;font-weight:normal}
.wide tr:first-child>*{border-top:0}.wide tr:last-child>*{border-bottom:0}
.wide tr>:first-child{border-left:0}.wide tr>:last-child{border-right:0}
.basis{font-size:8.5pt;line-height:1.45}
.basis p{margin:0}
.signs{break-inside:avoid}
.signs>td{padding:0!important}
.signs table{width:100%;border-collapse:collapse;table-layout:fixed}
.signs th,.signs td{border-left:1px solid #000;font-weight:normal;text-align:center;padding:1mm}
.signs table th:first-child,.signs table td:first-child{border-left:0}
.signs th{border-bottom:1px solid #000}
.signs td{height:25mm;vertical-align:bottom;font-size:8.5pt}
.signs small{margin-bottom:1mm}
.list th,.list td{border:1px solid #000;padding:1.2mm 1.5mm;vertical-align:top;overflow-wrap:anywhere}
.list th{font-weight:normal;text-align:center}
.list .number{text-align:center}
@media print{body{padding:0;max-width:none}}`
}
