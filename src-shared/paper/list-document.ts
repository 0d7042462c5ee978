import { escaped } from '../disclosure/sheet-document.ts'
import { translate, type Locale } from '../i18n/index.ts'
import { pageOf } from './form-document.ts'
import { formStyle } from './form-style.ts'
import type { Volume } from './volume.ts'

/** Lines on a list at least: what comes later is written in by hand. */
const leastRows = 20

/** 卷内目录 of one volume as an HTML document to be printed (columns of GB/T 9705). */
export function listDocument(
  list: {
    readonly unit: string
    readonly cadreName: string
    readonly printedBy: string
    readonly volume: Volume
  },
  locale: Locale,
  nonce?: string,
): string {
  const words = (key: Parameters<typeof translate>[1]) => translate(locale, key)
  const { volume } = list
  const columns = [
    ['volume.row.place', '14mm'],
    ['volume.row.number', '26mm'],
    ['volume.row.author', '27mm'],
    ['volume.row.title', ''],
    ['volume.row.date', '20mm'],
    ['volume.row.pages', '14mm'],
    ['volume.row.note', '19mm'],
  ] as const
  const blank = { number: '', author: '', title: '', date: '', pages: '', note: '' }
  const length = Math.max(leastRows, volume.rows.length)
  const rows = Array.from({ length }, (_, index) => {
    const row = volume.rows[index]
    const { number, author, title, date, pages, note } = row ?? blank
    const place = row === undefined ? '' : String(index + 1)
    const cells = [number, author, title].map((cell) => `<td>${escaped(cell)}</td>`)
    const marks = [date, pages].map((cell) => `<td class="number">${escaped(cell)}</td>`)
    return `<tr><td class="number">${place}</td>${cells.join('')}${marks.join('')}<td>${escaped(note)}</td></tr>`
  })
  const title = words('volume.list')
  const facts = [
    `${words('volume.number')}：${volume.number}`,
    `${words('volume.title')}：${volume.title === '' ? list.cadreName : volume.title}`,
    `${words('volume.place')}：${volume.place}`,
  ]
  const style = [
    formStyle({ left: volume.number, right: list.printedBy, page: words('sheet.page') }),
    '.list{width:100%;border-collapse:collapse;table-layout:fixed}.list td{height:9mm}',
    '.list thead td{border:0;padding:0 0 3mm}.list h1{margin:0;font-size:19pt;letter-spacing:.3em;text-align:center}',
    '.list thead p{margin:0;font-size:10pt}',
    // A width of its own for each column, and no style attribute, which the page would not apply.
    ...columns.map(([, width], index) =>
      width === '' ? '' : `.list col:nth-child(${index + 1}){width:${width}}`,
    ),
  ].join('\n')
  const head = columns.map(([key]) => `<th>${escaped(words(key))}</th>`).join('')
  const table = [
    `<table class="list"><colgroup>${'<col>'.repeat(columns.length)}</colgroup><thead><tr><td colspan="7">`,
    `<h1>${escaped(title)}</h1><p>${escaped(list.unit)}</p><p>${escaped(facts.join('　'))}</p></td></tr>`,
    `<tr>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`,
  ].join('\n')
  const named = { locale, title: `${title} ${volume.number}`, style }
  return pageOf(nonce === undefined ? named : { ...named, nonce }, table)
}
