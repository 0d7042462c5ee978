import { describe, expect, test } from 'vitest'
import type { Sheet, SheetRecord } from '../../../src-shared/disclosure/sheet.ts'
import { sheetDocument } from '../../../src-shared/disclosure/sheet-document.ts'

const hand = { name: '孙晓梅', at: '2026-11-22T03:04:05.678Z' }
const record: SheetRecord = {
  revision: 'ab'.repeat(32),
  declaration: 'present',
  period: null,
  fields: [{ label: '说明', text: '<img src=x onerror=alert(1)> & "引号"' }],
  source: { kind: 'document', from: '县不动产登记中心', reference: '第1号' },
  reason: '首次填报',
  evidence: ['证书.pdf'],
  author: hand,
  reviewers: [
    { ...hand, name: '郑国平' },
    { ...hand, name: '许丽华' },
  ],
  signed: { ...hand, name: '江正海' },
}
const sheet: Sheet = {
  form: 'print',
  copy: '12ab34cd'.repeat(4),
  unit: '清河镇',
  cadre: { name: '何海芳', identityNumber: null, post: '镇长' },
  at: hand.at,
  member: '邱明山',
  device: '一号机',
  purpose: { kind: 'other', words: '核对年度报告' },
  recipient: null,
  approved: null,
  heads: [{ compartment: 'archive', log: 'c0'.repeat(16), size: 42, leaf: 'd1'.repeat(32) }],
  sections: [{ category: 'C2', name: '房产', level: 3, records: [record] }],
}

describe('a sheet', () => {
  test('carries unit, dossier, number, moment, member, purpose and the heads it was made from', () => {
    const html = sheetDocument(sheet, 'zh-CN')
    // 03:04 UTC is 11:04 in the offices.
    for (const words of ['清河镇', '何海芳', '12AB34CD', '2026-11-22 11:04', '邱明山', '其他：核对年度报告'])
      expect(html).toContain(words)
    expect(html).toContain('c0c0c0c0 #42 d1d1d1d1d1d1d1d1')
    expect(html).toContain('counter(page)')
  })

  test('has a watermark with member and time all over the page, hidden from readers of the text', () => {
    const html = sheetDocument(sheet, 'zh-CN')
    // CSS escapes of 清河镇 邱明山 2026-11-22.
    expect(html).toContain(
      '.mark span::before{content:"\\6e05 \\6cb3 \\9547  \\90b1 \\660e \\5c71  2026\\2d 11\\2d 22 ',
    )
    expect(html).toMatch(/<div class="mark" aria-hidden="true">(<span><\/span>){8}<\/div>/)
  })

  test('shows what was entered as text, whatever it looks like', () => {
    const html = sheetDocument(sheet, 'zh-CN')
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;引号&quot;')
    expect(html).not.toContain('<img')
  })

  test('lets no name break out of its style sheet', () => {
    const html = sheetDocument({ ...sheet, member: '"}</style><script>' }, 'zh-CN')
    expect(html).not.toContain('<script>')
    expect(html.match(/<\/style>/g)).toHaveLength(1)
  })

  test('says of each piece where it came from and who entered, reviewed and signed it', () => {
    const html = sheetDocument(sheet, 'zh-CN')
    for (const words of ['县不动产登记中心', '第1号', '证书.pdf', '孙晓梅', '郑国平', '许丽华', '江正海'])
      expect(html).toContain(words)
  })
})

describe('the copy for the cadre', () => {
  const withheld = '法律、行政法规规定应当保密或者不需要告知的内容'

  test('says the same about what is kept back, whatever there is', () => {
    const note = (one: Sheet) => /<p class="note">(.*?)<\/p>/s.exec(sheetDocument(one, 'zh-CN'))?.[1]
    const some = note({ ...sheet, form: 'subject' })
    expect(some).toContain(withheld)
    expect(note({ ...sheet, form: 'subject', sections: [] })).toBe(some)
  })

  test('is the only one that says so', () => {
    expect(sheetDocument(sheet, 'zh-CN')).not.toContain(withheld)
  })
})

test('a file says that it is in the clear', () => {
  expect(sheetDocument({ ...sheet, form: 'file' }, 'zh-CN')).toContain('本文件没有加密')
  expect(sheetDocument(sheet, 'zh-CN')).not.toContain('本文件没有加密')
})

test('a sheet in a page carries the nonce of that page, a file none', () => {
  expect(sheetDocument(sheet, 'en', 'abc==')).toContain('<style nonce="abc==">')
  expect(sheetDocument(sheet, 'en')).toContain('<style>')
})
