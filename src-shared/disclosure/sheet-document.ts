import {
  isMessageKey,
  translate,
  type Locale,
  type MessageKey,
  type MessageParameters,
} from '../i18n/index.ts'
import type { Sheet, SheetHand, SheetRecord, SheetSection } from './sheet.ts'
import { sheetStyle } from './sheet-style.ts'

type Words = (key: MessageKey, parameters?: MessageParameters) => string

/** Offices write the time of China; so do their papers, whatever the clock of the machine says. */
const chinaOffset = 8 * 60 * 60 * 1000

export function momentOf(iso: string): string {
  const time = Date.parse(iso)
  if (Number.isNaN(time)) return iso
  return new Date(time + chinaOffset).toISOString().slice(0, 16).replace('T', ' ')
}

/** How often the watermark stands on a page. */
const marksOnPage = 8

/** The number people read to each other: the first digits of the copy's id. */
export function copyNumber(copy: string): string {
  return copy.slice(0, 8).toUpperCase()
}

/**
 * A sheet as one self-contained HTML document, to be printed or kept as a file: no script, nothing fetched.
 *
 * @param nonce for the style tag, where a page shows the document under its own content policy
 */
export function sheetDocument(sheet: Sheet, locale: Locale, nonce?: string): string {
  const words: Words = (key, parameters) => translate(locale, key, parameters)
  const title = words(`sheet.title.${sheet.form}`)
  const number = words('sheet.number', { number: copyNumber(sheet.copy) })
  const made = `${sheet.member} ${momentOf(sheet.at)}`
  const style = sheetStyle({
    left: number,
    right: made,
    page: words('sheet.page'),
    water: `${sheet.unit} ${made}`,
  })
  return [
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escaped(`${title} ${number}`)}</title>`,
    `<style${nonce === undefined ? '' : ` nonce="${escaped(nonce)}"`}>${style}</style></head><body>`,
    `<div class="mark" aria-hidden="true">${'<span></span>'.repeat(marksOnPage)}</div>`,
    `<main><header><h1>${escaped(title)}</h1><p>${escaped(`${sheet.unit}　${number}`)}</p></header>`,
    headTable(sheet, words, locale),
    sheet.form === 'subject' ? `<p class="note">${escaped(words('sheet.withheld'))}</p>` : '',
    sheet.form === 'file' ? `<p class="note">${escaped(words('sheet.in-the-clear'))}</p>` : '',
    ...sheet.sections.map((section) => sectionOf(section, words)),
    footOf(sheet, words),
    '</main></body></html>',
  ].join('\n')
}

function headTable(sheet: Sheet, words: Words, locale: Locale): string {
  const { cadre, purpose, approved, recipient } = sheet
  const key = `purpose.${purpose.kind}`
  const kind = isMessageKey(key) ? translate(locale, key) : purpose.kind
  const rows: readonly (readonly [MessageKey, string | null])[] = [
    ['sheet.cadre', cadre.name],
    ['sheet.identity', cadre.identityNumber],
    ['sheet.post', cadre.post],
    ['sheet.at', momentOf(sheet.at)],
    ['sheet.member', `${sheet.member}（${sheet.device}）`],
    ['sheet.purpose', purpose.words === '' ? kind : `${kind}：${purpose.words}`],
    ['sheet.recipient', recipient],
    ['sheet.approved', approved === null ? null : `${approved.by} ${momentOf(approved.at)}`],
  ]
  const cells = rows.flatMap(([label, value]) =>
    value === null ? [] : [`<tr><th>${escaped(words(label))}</th><td>${escaped(value)}</td></tr>`],
  )
  return `<table><tbody>${cells.join('')}</tbody></table>`
}

function sectionOf(section: SheetSection, words: Words): string {
  const { category, name, level, records } = section
  const count = words('sheet.records', { count: records.length, level })
  const heading = `<h2>${escaped(`${category} ${name}`)} <small>${escaped(count)}</small></h2>`
  const entries = records.map((record, index) => entryOf(record, `${index + 1}/${records.length}`, words))
  return `<section>${heading}${entries.join('')}</section>`
}

function entryOf(record: SheetRecord, place: string, words: Words): string {
  const rows = record.fields.map(
    ({ label, text }) => `<tr><th>${escaped(label)}</th><td>${escaped(text)}</td></tr>`,
  )
  if (record.declaration !== 'present') {
    const said = [words(`declaration.${record.declaration}`), record.period ?? ''].join(' ').trim()
    rows.unshift(`<tr><th>${escaped(words('sheet.declaration'))}</th><td>${escaped(said)}</td></tr>`)
  }
  const handOf = ({ name, at }: SheetHand) => `${name} ${momentOf(at)}`
  const { source, evidence } = record
  const from = [words(`source.${source.kind}`), source.from, source.reference ?? ''].filter(
    (one) => one !== '',
  )
  const parts: readonly (readonly [MessageKey, string])[] = [
    ['sheet.source', from.join('，')],
    ['sheet.reason', record.reason],
    ['sheet.evidence', evidence.join('、')],
    ['sheet.author', handOf(record.author)],
    ['sheet.reviewers', record.reviewers.map(handOf).join('、')],
    ['sheet.signed', handOf(record.signed)],
    ['sheet.revision', `${record.revision.slice(0, 8)}（${place}）`],
  ]
  const line = parts
    .filter(([, value]) => value !== '')
    .map(([label, value]) => `<b>${escaped(words(label))}</b> ${escaped(value)}`)
  return `<article><table><tbody>${rows.join('')}</tbody></table><p class="from">${line.join('；')}</p></article>`
}

function footOf(sheet: Sheet, words: Words): string {
  const heads = sheet.heads.map(
    ({ compartment, log, size, leaf }) =>
      `${words(`compartment.${compartment}`)} ${log.slice(0, 8)} #${size} ${leaf.slice(0, 16)}`,
  )
  const signs: readonly MessageKey[] =
    sheet.form === 'subject'
      ? ['sheet.sign.subject', 'sheet.sign.clerk', 'sheet.sign.day']
      : ['sheet.sign.made', 'sheet.sign.received', 'sheet.sign.day']
  return [
    `<p class="from">${escaped(words('sheet.heads'))}</p>`,
    `<p class="heads">${heads.map(escaped).join('<br>')}</p>`,
    `<p class="from">${escaped(words(sheet.form === 'subject' ? 'sheet.rights' : 'sheet.keep'))}</p>`,
    `<div class="sign">${signs.map((sign) => `<span>${escaped(words(sign))}</span>`).join('')}</div>`,
  ].join('\n')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '')
}
