import { statSync } from 'node:fs'
import { join } from 'node:path'
import { askedPart, findCategory } from '../../../src-shared/catalogue/read.ts'
import { columnLetters } from '../../../src-shared/import/cells.ts'
import { templateOf, type Template } from '../../../src-shared/import/template.ts'
import { templateWords } from '../../../src-shared/i18n/zh-CN/template.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { writeFileAtomic } from '../../../src-shared/node/files.ts'
import { catalogueOf } from '../catalogue/read.ts'
import { categoryCompartment, type UnlockedHandler } from '../context.ts'
import { sightOf } from '../dossier/sight.ts'

const codesSheet = '代码'
/** Rows for which choices are offered. */
const filledRows = 5000

export const importTemplate: UnlockedHandler<'import.template'> = async ({ session }, input) => {
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return catalogue
  const asked = askedPart(catalogue.value)
  const category = findCategory(asked, input.category)
  const visible = sightOf(session).sees(input.category)
  if (category === null || !visible || categoryCompartment(session, input.category) !== 'archive') {
    return err('call/not-found')
  }
  if (!isFolder(input.folder)) return err('bundle/folder-unusable')
  const template = templateOf(category, asked, templateWords)
  const file = join(input.folder, `${template.title.replace(/[^\p{L}\p{N} ]+/gu, '_')} 模板.xlsx`)
  const bytes = await templateFile(template)
  try {
    writeFileAtomic(file, bytes)
    return ok({ file })
  } catch {
    return err('bundle/folder-unusable')
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

/** The template as .xlsx: title, guidance, headings with notes, and lists to choose from on a second sheet. */
export async function templateFile(template: Template): Promise<Uint8Array> {
  // Loaded when it is needed: nobody else waits for it.
  const { default: excel } = await import('exceljs')
  const workbook = new excel.Workbook()
  const sheet = workbook.addWorksheet(template.sheet)
  sheet.addRow([template.title]).font = { bold: true, size: 14 }
  for (const line of template.guidance) {
    sheet.addRow([line]).font = { color: { argb: 'FF595959' } }
  }
  const headings = sheet.addRow(
    template.columns.map((column) => `${column.heading}${column.required ? '*' : ''}`),
  )
  headings.font = { bold: true }
  const first = headings.number + 1
  const codes = workbook.addWorksheet(codesSheet)
  let lists = 0
  for (const [index, column] of template.columns.entries()) {
    const cell = headings.getCell(index + 1)
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE8EEF7' } }
    if (column.guidance !== '') cell.note = column.guidance
    const written = sheet.getColumn(index + 1)
    written.width = Math.max(12, column.heading.length * 2 + 4)
    for (let row = first; row < first + 200; row++) sheet.getCell(row, index + 1).numFmt = '@'
    if (column.choices === null) continue
    lists += 1
    codes.getColumn(lists).values = [column.heading, ...column.choices]
    const letters = columnLetters(lists - 1)
    const place = columnLetters(index)
    // The types of the library leave out the collection that takes ranges.
    const validations = (sheet as unknown as { dataValidations: { add(range: string, rule: object): void } })
      .dataValidations
    validations.add(`${place}${first}:${place}${first + filledRows}`, {
      type: 'list',
      allowBlank: true,
      showErrorMessage: false,
      formulae: [`'${codesSheet}'!$${letters}$2:$${letters}$${column.choices.length + 1}`],
    })
  }
  sheet.views = [{ state: 'frozen', ySplit: headings.number, xSplit: 0 }]
  return new Uint8Array(await workbook.xlsx.writeBuffer())
}
