import { compartments } from '../../src-shared/access/roles.ts'
import type {
  CompartmentReport,
  TieFindings,
  VerificationReport,
} from '../../src-shared/contract/log-views.ts'
import type { SessionView } from '../../src-shared/contract/views.ts'
import { translate } from '../../src-shared/i18n/index.ts'
import { named } from './names.ts'
import { tieText } from './tie-text.ts'

const shownVoids = 20
const shownTies = 50

const outcomeWords = { unfounded: '查无问题', founded: '属实' } as const
const differenceWords = { changed: '被改动', missing: '缺少', extra: '多出' } as const

/** The report of a verification for people to read, one line each. */
export function verificationText(
  report: VerificationReport,
  session: Pick<SessionView, 'unit' | 'compartments'>,
): readonly string[] {
  const closed = compartments.filter((name) => !session.compartments.includes(name))
  return [
    `完整性校验 · ${session.unit.name}`,
    `单位编号 ${session.unit.id}`,
    `校验时间 ${report.at}`,
    ...report.compartments.flatMap((one) => compartmentText(one, report.names)),
    ...tiesText(report.ties),
    '',
    ...(closed.length === 0 ? [] : [`未校验（没有密钥）：${closed.map(named).join('、')}`]),
    report.verified
      ? '结论：通过。所查分区的变更、签名、正文、数据表和佐证材料一致。'
      : '结论：未通过。请保留现场，并报告安全保密管理员。',
  ]
}

function compartmentText(report: CompartmentReport, names: VerificationReport['names']): readonly string[] {
  const { commits, bodies, evidence, rows, fault, voids, differences, heads } = report
  const sound = fault === null && differences.length === 0
  return [
    '',
    `${sound ? '✓' : '✗'} ${named(report.compartment)}：变更 ${commits}，正文 ${bodies}，佐证材料 ${evidence}，数据行 ${rows}`,
    ...heads.map(
      ({ log, size, root, acknowledged }) =>
        `    日志 ${log}：共 ${size} 条，上级已回执 ${acknowledged} 条\n    汇总校验值 ${root}`,
    ),
    ...(fault === null ? [] : faultText(fault)),
    ...differences.map(({ table, key, how }) => `  ✗ 数据行${differenceWords[how]}：${table} ${key}`),
    ...voids
      .slice(0, shownVoids)
      .flatMap(({ log, seq, code, answers }) =>
        answers === undefined
          ? [`  ○ 无效变更：日志 ${log} 第 ${seq} 条（${code}）`]
          : [
              `  ${answers.length === 0 ? '△' : '○'} 迟到异议：日志 ${log} 第 ${seq} 条${answers.length === 0 ? '，尚待核实' : ''}`,
              ...answers.map(
                ({ member, at, outcome }) =>
                  `      ${names[member] ?? member} 于 ${at} 核实：${outcomeWords[outcome]}`,
              ),
            ],
      ),
    ...(voids.length > shownVoids ? [`  ○ 另有无效变更 ${voids.length - shownVoids} 条`] : []),
  ]
}

function faultText({ code, log, seq, what }: NonNullable<CompartmentReport['fault']>): readonly string[] {
  const place = log === null ? '' : `日志 ${log} 第 ${seq ?? '?'} 条，`
  return [`  ✗ ${place}${what}（${code}）`, `    ${translate('zh-CN', `error.${code}`)}`]
}

/** People who should have kept out: named, and no part of the conclusion. */
function tiesText({ found, sought }: TieFindings): readonly string[] {
  if (sought.length === 0) return []
  const whole = sought.includes('kin') ? '' : '（没有廉政档案密钥，未核对亲属关系）'
  return [
    '',
    found.length === 0
      ? `○ 回避核对：所见条目中没有应当回避而参与办理的人${whole}`
      : `△ 回避核对：${found.length} 处应当回避而参与了办理，办理仍然有效，请审签人斟酌${whole}`,
    ...found.slice(0, shownTies).map(tieText),
    ...(found.length > shownTies ? [`  △ 另有 ${found.length - shownTies} 处`] : []),
  ]
}
