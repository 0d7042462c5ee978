import { describe, expect, test } from 'vitest'
import { readForm } from '../../../src-main/tables/form-file.ts'
import { formProfile, formRows } from '../../../src-shared/import/appointment-form.ts'
import { postLines } from '../../../src-shared/import/career.ts'
import { assessmentsOf, awardsOf } from '../../../src-shared/import/form-prose.ts'
import { checkProfile } from '../../../src-shared/import/profile.ts'
import { appointmentForm } from '../../helpers/workbooks.ts'
import { shippedCatalogue } from '../catalogue/helpers.ts'

const catalogue = shippedCatalogue()

function rowsOf(changes: Readonly<Record<string, string>> = {}) {
  const form = readForm(Buffer.from(appointmentForm(changes)))
  if (!form.ok) throw new Error(form.error.code)
  return formRows(form.value, catalogue)
}

function person(changes: Readonly<Record<string, string>>) {
  const { rows } = rowsOf(changes)
  const profile = formProfile(catalogue)
  const cells = rows.find(({ cells: [, , category] }) => category === 'A1')!.cells
  return (field: string) => cells[profile.fields['A1']!.find((one) => one.field === field)!.column]
}

test('the mapping of the form fits the catalogue', () => {
  expect(checkProfile(formProfile(catalogue), catalogue).ok).toBe(true)
})

test('elements that are not of the form are named, not dropped', () => {
  const { notices } = rowsOf({ XinYuanSu: '内容', XingMing: '钟离未' })
  expect(notices).toContainEqual({ code: 'form-unknown', params: { element: 'Person/XinYuanSu' } })
})

test('a date of joining alone is that of the Communist Party; another party is named', () => {
  expect(person({ RuDangShiJian: '2001.07' })('politicalStatus')).toBe('中共党员')
  const other = person({ RuDangShiJian: '民盟（2005.12）' })
  expect([other('politicalStatus'), other('partyDate')]).toEqual(['民盟', '2005.12'])
  expect(person({ RuDangShiJian: '' })('politicalStatus')).toBe('')
})

test('the higher schooling is the schooling, and both stay in the note', () => {
  const read = person({})
  expect(read('education')).toBe('大学')
  expect(read('note')).toContain('全日制教育：大专 某师范专科学校中文系')
})

describe('a line of the career', () => {
  test.each([
    ['1998.07--2001.03  某县财政局科员', '1998.07', '2001.03', '某县财政局', '科员'],
    ['199807-200103 某镇人民政府 副镇长', '199807', '200103', '某镇人民政府', '副镇长'],
    ['2010.11--至今  某县委办公室副主任', '2010.11', '', '某县委办公室', '副主任'],
    ['2010.11--  某县财政局党委书记、局长', '2010.11', '', '某县财政局', '党委书记、局长'],
    ['1994.09—1998.07 某师范大学中文系学习', '1994.09', '1998.07', '某师范大学中文系', '学习'],
    ['2001.01--2002.02 待业', '2001.01', '2002.02', '待业', ''],
  ])('%s', (line, from, to, organization, position) => {
    expect(postLines(line)).toEqual([{ from, to, organization, position, note: '' }])
  })

  test('without a period belongs to the one before it', () => {
    expect(postLines('1998.07--2001.03 甲局 科员\n（其间：学习）')).toMatchObject([
      { note: '（其间：学习）' },
    ])
  })
})

test('awards are read from prose, sanctions only counted', () => {
  expect(awardsOf('2015年被某县委授予先进个人；2019年受到警告处分')).toEqual({
    awards: [{ kind: '先进表彰', name: '2015年被某县委授予先进个人', on: '2015', authority: '某县委' }],
    sanctions: 1,
  })
  expect(awardsOf('无')).toEqual({ awards: [], sanctions: 0 })
})

test('assessments are read from prose, and what is left is kept', () => {
  expect(assessmentsOf('2021年度优秀，2022年称职。2023年因病未参加')).toEqual([
    { year: '2021', grade: '优秀', comment: '' },
    { year: '2022', grade: '称职', comment: '' },
    { year: '', grade: '', comment: '2023年因病未参加' },
  ])
})
