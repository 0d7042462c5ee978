import { describe, expect, test } from 'vitest'
import { isWithheld, readDisclosurePolicy } from '../../../src-shared/disclosure/policy.ts'
import { isComplete } from '../../../src-shared/disclosure/purpose.ts'
import { isMessageKey } from '../../../src-shared/i18n/index.ts'
import { readResourceJson } from '../../../src-shared/node/resources.ts'

const resource = readResourceJson('disclosure/policy.json')
const read = readDisclosurePolicy(resource)
if (!read.ok) throw new Error(read.error.code)
const policy = read.value

describe('the policy that comes with the product', () => {
  test('keeps petitions, leads and hearsay out of the copy for the cadre, with a reason for each', () => {
    expect(['E1', 'E2', 'E11'].every((category) => isWithheld(policy, category))).toBe(true)
    expect(isWithheld(policy, 'C2')).toBe(false)
    expect(policy.withheldFromSubject.every(({ reason }) => reason.length > 5)).toBe(true)
  })

  test('names purposes that the screens have words for', () => {
    expect(policy.purposes.filter(({ kind }) => !isMessageKey(`purpose.${kind}`))).toEqual([])
  })

  test('answers within the thirty days of GB/T 35273', () => {
    expect(policy.answerWithinDays).toBeLessThanOrEqual(30)
  })
})

describe('a purpose', () => {
  test('is one of the list', () => {
    expect(isComplete(policy, { kind: 'check', words: '' })).toBe(true)
    expect(isComplete(policy, { kind: 'entry', words: '' })).toBe(false)
    expect(isComplete(policy, { kind: '', words: '核对' })).toBe(false)
  })

  test('that says nothing by itself takes words', () => {
    expect(isComplete(policy, { kind: 'other', words: ' ' })).toBe(false)
    expect(isComplete(policy, { kind: 'other', words: '核对年度报告' })).toBe(true)
  })
})

test('a policy of another shape is refused', () => {
  expect(readDisclosurePolicy({ ...(resource as object), purposes: [] })).toMatchObject({
    error: { code: 'format/invalid' },
  })
})
