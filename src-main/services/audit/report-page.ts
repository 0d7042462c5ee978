import type { AccessReport } from '../../../src-shared/audit/report.ts'
import type { AccessLine } from '../../../src-shared/contract/audit.ts'
import { isMessageKey, translate, type MessageKey } from '../../../src-shared/i18n/index.ts'

const text = (key: MessageKey) => translate('zh-CN', key)
const textOr = (key: string, otherwise: string) => (isMessageKey(key) ? text(key) : otherwise)

/** Minutes east of UTC of the times on the page: a page that is carried to another machine says the same there. */
const offsetMinutes = 480

const style = `body{font:12px/1.5 "Source Han Sans SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:#222;margin:24px}
h1{font-size:18px;text-align:center;margin:0 0 12px}
dl{display:grid;grid-template-columns:max-content 1fr max-content 1fr;gap:2px 12px;margin:0 0 12px}
dt{color:#666}dd{margin:0;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #999;padding:2px 5px;text-align:left;vertical-align:top}
thead{display:table-header-group}tr{break-inside:avoid}th{background:#eee}td.n{white-space:nowrap;font-variant-numeric:tabular-nums}
footer{display:flex;gap:80px;margin-top:28px}p{color:#666}@page{size:A4 landscape;margin:12mm}`

/** The report for people: one page that holds everything and asks for nothing from elsewhere. */
export function reportPage(report: AccessReport, sha256: string): string {
  const facts: readonly (readonly [MessageKey, string])[] = [
    ['audit.report.unit', report.unitName],
    ['audit.report.by', report.memberName],
    ['audit.report.at', localTime(report.at)],
    ['audit.report.entries', String(report.entries.length)],
    ['audit.report.file', sha256],
    ['audit.report.key', report.key],
  ]
  const heads: readonly MessageKey[] = [
    'column.time',
    'audit.filter.members',
    'audit.column.kind',
    'audit.column.subject',
    'audit.column.purpose',
    'audit.column.flags',
    'audit.column.device',
  ]
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${text('audit.report.title')}</title><style>${style}</style></head><body>
<h1>${text('audit.report.title')}</h1>
<dl>${facts.map(([key, value]) => `<dt>${text(key)}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>
<table><thead><tr>${heads.map((key) => `<th scope="col">${text(key)}</th>`).join('')}</tr></thead>
<tbody>${report.entries.map(rowOf).join('\n')}</tbody></table>
<p>${text('audit.report.note')}</p>
<footer><span>${text('audit.report.signature')}：</span><span>${text('audit.report.day')}：</span></footer>
</body></html>
`
}

function rowOf(line: AccessLine): string {
  const flags = line.flags.map((flag) => text(`audit.flag.${flag}`))
  const state = line.state === 'good' ? [] : [text(`audit.state.${line.state}`)]
  const cells = [
    `${line.memberName} ${textOr(`role.${line.role}`, line.role)}`,
    `${line.kind === null ? '' : text(`audit.kind.${line.kind}`)}${line.count > 1 ? ` ×${line.count}` : ''}`,
    subjectText(line),
    line.purpose === null
      ? ''
      : `${textOr(`purpose.${line.purpose.kind}`, line.purpose.kind)} ${line.purpose.words ?? ''}`,
    [...flags, ...state].join(' '),
    line.deviceName,
  ]
  const shown = cells.map((cell) => `<td>${escaped(cell.trim())}</td>`).join('')
  return `<tr><td class="n">${localTime(line.at)}</td>${shown}</tr>`
}

/** What an entry is about, in one line: the same facts in the same order as on the screen. */
function subjectText({ subject }: AccessLine): string {
  if (subject === null) return ''
  const { cadreName, category, level, search, results, procedure, code, what, record, batch } = subject
  const parts = [
    cadreName,
    category,
    level === undefined ? undefined : translate('zh-CN', 'audit.level', { level }),
    search === undefined ? undefined : `“${search}”`,
    results === undefined ? undefined : translate('zh-CN', 'audit.results', { count: results }),
    what,
    procedure,
    code,
    record?.slice(0, 8),
    batch?.slice(0, 8),
  ]
  return parts.filter((part) => part !== undefined && part !== '').join(' ')
}

function localTime(at: string): string {
  const moment = new Date(Date.parse(at) + offsetMinutes * 60_000)
  return Number.isNaN(moment.getTime()) ? '' : moment.toISOString().slice(0, 19).replace('T', ' ')
}

function escaped(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
