import { periodText } from '../catalogue/periods.ts'
import type { Period } from '../catalogue/periods.ts'
import type { Catalogue, Category, RecordContent } from '../catalogue/schema.ts'
import { escaped, momentOf } from '../disclosure/sheet-document.ts'
import { translate, type Locale, type MessageKey, type MessageParameters } from '../i18n/index.ts'
import { signaturePlaces, type SignaturePlace } from './attached.ts'
import { formLines, type FormLine } from './form.ts'
import { formStyle } from './form-style.ts'

/** Dark and light squares of a code, row by row, its quiet zone among them. */
export type Squares = readonly (readonly boolean[])[]

/** One sheet of a set. */
export interface FormSheet {
  readonly category: Category
  /** The version that labels and codes are of. */
  readonly catalogue: Catalogue
  readonly code: Squares
  readonly number: string
  readonly cadreName: string | null
  readonly post: string | null
  /** Null for a sheet to be filled in by hand. */
  readonly content: (RecordContent & { readonly period: Period | null }) | null
  /** What stands beside the revision, in words. */
  readonly status: string
  /** Who did what by the log, as it stands above the place where each signs. */
  readonly hands: Readonly<
    Partial<Record<SignaturePlace, readonly { readonly name: string; readonly at: string }[]>>
  >
}

export interface FormSet {
  readonly unit: string
  /** Who prints it and when, at the foot of every page. */
  readonly printedBy: string
  readonly sheets: readonly FormSheet[]
}

type Words = (key: MessageKey, parameters?: MessageParameters) => string

/**
 * 采集表, one or several, as one self-contained HTML document to be printed: no script, nothing fetched. Unit, title and
 * code stand at the head of every page of a sheet, so that each page that was scanned is known.
 *
 * @param nonce for the style tag, where a page shows the document under its own content policy
 */
export function formDocument(set: FormSet, locale: Locale, nonce?: string): string {
  const words: Words = (key, parameters) => translate(locale, key, parameters)
  const [only] = set.sheets
  const left = set.sheets.length === 1 && only !== undefined ? only.number : set.unit
  const title = words('paper.form.title', { category: only?.category.name ?? '' })
  const marks = { left, right: set.printedBy, page: words('sheet.page') }
  return pageOf(
    {
      locale,
      title: `${title} ${only?.number ?? ''}`,
      style: formStyle(marks),
      ...(nonce === undefined ? {} : { nonce }),
    },
    set.sheets.map((sheet) => sheetTable(set.unit, sheet, words)).join('\n'),
  )
}

/** A document around what is to be printed. */
export function pageOf(
  head: { readonly locale: Locale; readonly title: string; readonly style: string; readonly nonce?: string },
  body: string,
): string {
  const nonce = head.nonce === undefined ? '' : ` nonce="${escaped(head.nonce)}"`
  return [
    `<!doctype html><html lang="${head.locale}"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escaped(head.title)}</title><style${nonce}>${head.style}</style></head><body>`,
    body,
    '</body></html>',
  ].join('\n')
}

function sheetTable(unit: string, sheet: FormSheet, words: Words): string {
  const { category, catalogue, content } = sheet
  const lines = formLines(category, catalogue, content)
  const rows = [declarationRow(sheet, words), ...lines.map((line) => lineRow(line, words))]
  return [
    `<table class="form" data-number="${escaped(sheet.number)}">`,
    `<thead><tr><td colspan="2">${headOf(unit, sheet, words)}</td></tr></thead><tbody>`,
    ...rows,
    basisRow(sheet, words),
    signRow(sheet, words),
    '</tbody></table>',
  ].join('\n')
}

function headOf(unit: string, sheet: FormSheet, words: Words): string {
  const { category, catalogue, cadreName, post, content, status } = sheet
  const title = words('paper.form.title', { category: category.name })
  const kind = words(content === null ? 'paper.form.blank' : 'paper.form.filled')
  const facts = [
    words('paper.form.number', { number: sheet.number }),
    words('paper.form.version', { category: category.id, version: catalogue.version }),
    status === '' ? kind : `${kind}（${status}）`,
  ]
  const who = `${escaped(words('paper.form.cadre'))}<b>${escaped(cadreName ?? '')}</b>　${escaped(words('paper.form.post'))}<b>${escaped(post ?? '')}</b>`
  return [
    `<div class="head"><div><p class="unit">${escaped(unit)}</p><h1>${escaped(title)}</h1>`,
    `<p>${escaped(facts.join('　'))}</p><p class="who">${who}</p></div>`,
    `<div class="code">${squaresImage(sheet.code, words('paper.form.code'))}</div></div>`,
  ].join('')
}

/** The dark squares of a row that touch are one stroke: fewer seams for a printer to lighten. */
function squaresImage(code: Squares, label: string): string {
  const size = code.length
  let path = ''
  code.forEach((row, y) => {
    for (let x = 0; x < row.length; ) {
      let end = x
      while (row[end] === true) end++
      if (end > x) path += `M${x} ${y}h${end - x}v1H${x}z`
      x = end + 1
    }
  })
  return `<svg viewBox="0 0 ${size} ${size}" role="img" aria-label="${escaped(label)}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>`
}

function declarationRow({ category, content }: FormSheet, words: Words): string {
  const said = content?.declaration ?? null
  const offered = said === 'unchanged' ? (['unchanged'] as const) : category.declarations
  const boxes = offered.map((one) => ({ label: words(`declaration.${one}`), isTicked: one === said }))
  const period = content?.period == null ? '' : `　${escaped(periodText(content.period))}`
  const cell = `<div class="boxes">${boxes.map(boxOf).join('')}${period}</div>`
  return `<tr><th>${escaped(words('fields.declaration'))}</th><td>${cell}</td></tr>`
}

function boxOf({ label, isTicked }: { readonly label: string; readonly isTicked: boolean }): string {
  return `<span>${isTicked ? '☑' : '☐'} ${escaped(label)}</span>`
}

function lineRow(line: FormLine, words: Words): string {
  const mark = line.isRequired ? '<i> *</i>' : ''
  const guidance = line.guidance === '' ? '' : `<small>${escaped(line.guidance)}</small>`
  const label = `${escaped(line.label)}${mark}`
  if (line.kind === 'table') {
    const head = line.columns.map((column) => `<th>${escaped(column)}</th>`).join('')
    const rows = line.rows.map(
      (row) => `<tr>${row.map((cell) => `<td>${escaped(cell ?? '')}</td>`).join('')}</tr>`,
    )
    const table = `<table><tbody><tr>${head}</tr>${rows.join('')}</tbody></table>`
    return `<tr class="whole"><th>${label}${guidance}</th><td class="wide">${table}</td></tr>`
  }
  return `<tr><th>${label}</th><td>${cellOf(line, words)}${guidance}</td></tr>`
}

function cellOf(line: Exclude<FormLine, { kind: 'table' }>, words: Words): string {
  switch (line.kind) {
    case 'boxes':
      return `<div class="boxes">${line.boxes.map(boxOf).join('')}</div>`
    case 'value':
      return `<span class="lines">${escaped(line.text)}</span>`
    case 'squares':
      return `<div class="squares">${'<span></span>'.repeat(line.count)}</div>`
    case 'room': {
      const preset = line.words === 'none' ? line.unit : words(`paper.room.${line.words}`)
      const parts = preset.split('_').map(escaped).join('<span></span>')
      return `<div class="room room-${line.height}"><span></span><span class="words">${parts}</span></div>`
    }
  }
}

function basisRow({ category, content }: FormSheet, words: Words): string {
  const parts = [
    category.legalBasis === '' ? '' : words('paper.form.basis', { basis: category.legalBasis }),
    content !== null || category.guidance === ''
      ? ''
      : words('paper.form.guidance', { guidance: category.guidance }),
    content === null && category.many ? words('paper.form.many') : '',
    content === null ? words('paper.form.required') : '',
    words('paper.form.secrets'),
  ].filter((one) => one !== '')
  return `<tr><td colspan="2" class="basis">${parts.map((one) => `<p>${escaped(one)}</p>`).join('')}</td></tr>`
}

function signRow({ hands, content }: FormSheet, words: Words): string {
  const heads = signaturePlaces.map((place) => `<th>${escaped(words(`paper.sign.${place}`))}</th>`)
  const cells = signaturePlaces.map((place) => {
    const told = (hands[place] ?? []).map(
      ({ name, at }) => `<small>${escaped(words('paper.form.hand', { name, at: momentOf(at) }))}</small>`,
    )
    return `<td>${told.join('')}${escaped(words('paper.form.day'))}</td>`
  })
  const said = words(content === null ? 'paper.form.assure-blank' : 'paper.form.assure')
  const table = `<table><tbody><tr>${heads.join('')}</tr><tr>${cells.join('')}</tr></tbody></table>`
  return `<tr><td colspan="2" class="basis"><p>${escaped(said)}</p></td></tr><tr class="signs"><td colspan="2">${table}</td></tr>`
}
