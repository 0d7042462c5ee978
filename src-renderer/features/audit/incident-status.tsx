import type { IncidentView } from '../../../src-shared/contract/audit.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'

const shapes = {
  open: { shape: '▲', tone: 'risk' },
  reported: { shape: '◐', tone: 'watch' },
  closed: { shape: '◆', tone: 'action' },
} as const

export function IncidentStatus({ status }: { readonly status: IncidentView['status'] }) {
  const text = useText()
  return <Mark {...shapes[status]} word={text(`incident.status.${status}`)} />
}
