import { describe, expect, it } from 'vitest'
import { membersTable } from '../../../src-main/cli/demo/members-table.ts'
import { failureText } from '../../../src-main/cli/failures.ts'
import { named } from '../../../src-main/cli/names.ts'
import { progressLine } from '../../../src-main/cli/terminal.ts'
import { verificationText } from '../../../src-main/cli/verification-text.ts'
import type { CompartmentReport, TieFindings } from '../../../src-shared/contract/log-views.ts'

const log = '1'.repeat(32)
const session = {
  unit: { id: '2'.repeat(32), name: '石桥镇', policy: 'normal' as const },
  compartments: ['control', 'archive'] as const,
}
const sound: CompartmentReport = {
  compartment: 'archive',
  logs: 1,
  commits: 12,
  bodies: 30,
  evidence: 2,
  rows: 40,
  fault: null,
  voids: [],
  differences: [],
  heads: [{ log, size: 12, root: 'ab'.repeat(32), acknowledged: 9 }],
}

const names = { ['b'.repeat(32)]: '赵审' }
const nobody: TieFindings = { found: [], sought: ['kin', 'line'] }

function textOf(report: CompartmentReport, verified: boolean, ties = nobody): string {
  const whole = { verified, at: '2026-11-22T03:04:05.678Z', compartments: [report], ties, names }
  return verificationText(whole, session).join('\n')
}

describe('the report of a verification', () => {
  it('gives numbers, heads and the conclusion of a sound vault, and what was not looked into', () => {
    const text = textOf(sound, true)
    expect(text).toContain('✓ 廉政档案（archive）：变更 12，正文 30，佐证材料 2，数据行 40')
    expect(text).toContain(`日志 ${log}：共 12 条，上级已回执 9 条`)
    expect(text).toContain('ab'.repeat(32))
    expect(text).toContain('未校验（没有密钥）：纪检（discipline）')
    expect(text).toContain('结论：通过')
    expect(text).not.toContain('✗')
  })

  it('names the first fault with its place and what to do', () => {
    const fault = { code: 'commit/signature', log, seq: 7, what: 'signature' } as const
    const text = textOf({ ...sound, fault }, false)
    expect(text).toContain(`✗ 日志 ${log} 第 7 条，signature（commit/signature）`)
    expect(text).toContain('请报告安全保密管理员')
    expect(text).toContain('结论：未通过')
    expect(textOf({ ...sound, fault: { ...fault, log: null, seq: null } }, false)).not.toContain('第 ? 条')
  })

  it('names late objections, and who looked into them with what result', () => {
    const open = { log, seq: 3, code: 'review/late-objection', answers: [] } as const
    const answer = { member: 'b'.repeat(32), at: '2026-11-22T03:04:05.678Z', outcome: 'unfounded' } as const
    const text = textOf({ ...sound, voids: [open, { ...open, seq: 4, answers: [answer] }] }, true)
    expect(text).toContain(`△ 迟到异议：日志 ${log} 第 3 条，尚待核实`)
    expect(text).toContain(
      `○ 迟到异议：日志 ${log} 第 4 条\n      赵审 于 2026-11-22T03:04:05.678Z 核实：查无问题`,
    )
  })

  it('names the rows that differ and the void commits, the first of many', () => {
    const differences = [
      { table: 'revision', key: 'k1', how: 'changed' },
      { table: 'cadre', key: 'k2', how: 'missing' },
      { table: 'step', key: 'k3', how: 'extra' },
    ] as const
    const voids = Array.from({ length: 23 }, (_, seq) => ({ log, seq, code: 'review/too-late' as const }))
    const text = textOf({ ...sound, differences, voids }, false)
    expect(text).toContain('✗ 廉政档案（archive）')
    for (const line of ['数据行被改动：revision k1', '数据行缺少：cadre k2', '数据行多出：step k3']) {
      expect(text).toContain(line)
    }
    expect(text.match(/无效变更：/g)).toHaveLength(20)
    expect(text).toContain('另有无效变更 3 条')
  })

  it('names who should have kept out beside a conclusion that it does not change', () => {
    const finding = {
      revision: 'a'.repeat(64),
      member: '3'.repeat(32),
      name: '方家驹',
      as: 'reviewer',
      tie: 'kin',
      compartment: 'archive',
      cadre: '4'.repeat(32),
      cadreName: '方家骏',
      record: '5'.repeat(32),
      category: 'B1',
    } as const
    const text = textOf(sound, true, { found: [finding], sought: ['kin', 'line'] })
    expect(text).toContain('△ 方家骏 B1')
    expect(text).toContain('方家驹（复核）：与该干部有亲属关系或回避登记')
    expect(text).toContain('结论：通过')
    expect(textOf(sound, true)).toContain('没有应当回避而参与办理的人')
    expect(textOf(sound, true, { found: [], sought: ['line'] })).toContain('未核对亲属关系')
    expect(textOf(sound, true, { found: [], sought: [] })).not.toContain('回避')
  })
})

describe('what the command line says', () => {
  it('gives a refusal in plain words, then the code and what it was about', () => {
    const text = failureText({ code: 'vault/slow-down', detail: { seconds: 20 } })
    expect(text).toContain('暂时不能登录')
    expect(text).toContain('[vault/slow-down seconds=20]')
  })

  it('calls a compartment by both names, and an unknown one by its own', () => {
    expect(named('control')).toBe('人员与授权（control）')
    expect(named('other')).toBe('other')
  })

  it('lines up the members of the made-up unit in columns', () => {
    const lines = membersTable()
    expect(lines).toHaveLength(9)
    const columns = (line: string) => line.split(/ {2,}/)
    expect(columns(lines[0] ?? '')).toEqual(['登录名', '密码', '角色', '姓名'])
    for (const line of lines.slice(1)) {
      const [, password] = columns(line)
      expect(columns(line)).toHaveLength(4)
      expect(password?.length).toBeGreaterThanOrEqual(10)
    }
  })

  it('writes progress over one line and wipes it, but only where somebody watches', () => {
    const shown: string[] = []
    const terminal = { out: () => undefined, note: () => undefined, signal: new AbortController().signal }
    const input = process.stdin
    const line = progressLine({ ...terminal, input, screen: (text) => void shown.push(text) }, '校验')
    line.clear()
    line.show(3, 9)
    line.show(4, 0)
    line.clear()
    expect(shown).toEqual(['\r\u001B[K校验 3/9', '\r\u001B[K校验 4', '\r\u001B[K'])
    const silent = progressLine({ ...terminal, input, screen: undefined }, '校验')
    silent.show(1, 2)
    silent.clear()
    expect(shown).toHaveLength(3)
  })
})
