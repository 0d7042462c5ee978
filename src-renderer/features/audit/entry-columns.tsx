import { useMemo } from 'react'
import { isRole } from '../../../src-shared/access/roles.ts'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import type { AccessLine } from '../../../src-shared/contract/audit.ts'
import { useDesk } from '../../app/contexts.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { useText, useTextOr, type Text } from '../../ui/text.ts'
import type { VirtualColumn } from '../../ui/virtual-table.tsx'
import { secondText } from './seconds.ts'

type TextOr = ReturnType<typeof useTextOr>

/** What an entry is about, in one line. */
export function subjectText(text: Text, textOr: TextOr, catalogue: Catalogue, line: AccessLine): string {
  const { subject } = line
  if (subject === null) return ''
  const { cadreName, category, level, search, results, procedure, code, what } = subject
  const categoryName = category === undefined ? undefined : findCategory(catalogue, category)?.name
  const found =
    search === undefined ? undefined : text('audit.search.words', { words: search, count: results ?? 0 })
  const parts = [
    cadreName,
    category === undefined ? undefined : (categoryName ?? category),
    level === undefined ? undefined : text('audit.level', { level }),
    found,
    search === undefined && results !== undefined ? text('audit.results', { count: results }) : undefined,
    what === undefined ? undefined : textOr(`audit.what.${what}`),
    procedure === undefined ? undefined : textOr(`procedure.${procedure}`),
    code === undefined ? undefined : textOr(`refusal.${code}`),
  ]
  return parts.filter((part) => part !== undefined && part !== '').join(' · ')
}

export function purposeText(textOr: TextOr, { purpose }: AccessLine): string {
  if (purpose === null) return ''
  const kind = textOr(`purpose.${purpose.kind}`)
  return purpose.words === null || purpose.words === '' ? kind : `${kind}：${purpose.words}`
}

/** What is to be said of an entry beside its content: a word and a shape each. */
export function EntrySigns({ line }: { readonly line: AccessLine }) {
  const text = useText()
  return (
    <span className="audit-signs">
      {line.flags.map((flag) => (
        <Mark key={flag} shape="▲" tone="watch" word={text(`audit.flag.${flag}`)} />
      ))}
      {line.state === 'good' ? null : <Mark shape="✕" tone="risk" word={text(`audit.state.${line.state}`)} />}
    </span>
  )
}

export function useEntryColumns(): readonly VirtualColumn<AccessLine>[] {
  const text = useText()
  const textOr = useTextOr()
  const { catalogue } = useDesk()
  return useMemo(
    () => [
      {
        key: 'at',
        title: text('column.time'),
        width: '11.5rem',
        render: (line) => <span className="number">{secondText(line.at)}</span>,
      },
      {
        key: 'member',
        title: text('audit.filter.members'),
        width: '7rem',
        render: (line) => <span title={line.memberName}>{line.memberName}</span>,
      },
      {
        key: 'role',
        title: text('log.role'),
        width: '8.5rem',
        render: (line) => (isRole(line.role) ? text(`role.${line.role}`) : ''),
      },
      {
        key: 'kind',
        title: text('audit.column.kind'),
        width: '8.5rem',
        render: (line) => <KindWord line={line} />,
      },
      {
        key: 'subject',
        title: text('audit.column.subject'),
        width: 'minmax(14rem, 2fr)',
        render: (line) => {
          const words = subjectText(text, textOr, catalogue, line)
          return <span title={words}>{words}</span>
        },
      },
      {
        key: 'purpose',
        title: text('audit.column.purpose'),
        width: 'minmax(8rem, 1fr)',
        render: (line) => {
          const words = purposeText(textOr, line)
          return <span title={words}>{words}</span>
        },
      },
      {
        key: 'signs',
        title: text('audit.column.flags'),
        width: '8rem',
        render: (line) => <EntrySigns line={line} />,
      },
      {
        key: 'device',
        title: text('audit.column.device'),
        width: '9rem',
        render: (line) => <span title={line.deviceName}>{line.deviceName}</span>,
      },
    ],
    [text, textOr, catalogue],
  )
}

export function KindWord({ line }: { readonly line: AccessLine }) {
  const text = useText()
  if (line.kind === null) return <span className="blank">—</span>
  const word = text(`audit.kind.${line.kind}`)
  const isRefusal = line.kind === 'refused' || line.kind === 'unlock-failed'
  return (
    <span>
      {isRefusal ? <Mark shape="✕" tone="watch" word={word} /> : word}
      {line.count > 1 ? (
        <span className="number prose-faint"> {text('audit.times', { count: line.count })}</span>
      ) : null}
    </span>
  )
}
