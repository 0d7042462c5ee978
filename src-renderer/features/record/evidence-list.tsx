import {
  CheckOutlined,
  FileImageOutlined,
  FileOutlined,
  FilePdfOutlined,
  FileTextOutlined,
} from '@ant-design/icons'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import type { EvidenceLine } from '../../../src-shared/contract/views.ts'
import type { Digest } from '../../../src-shared/kernel/ids.ts'
import { bytesText } from '../../ui/moment.ts'
import { useText } from '../../ui/text.ts'
import { EvidencePreview } from './evidence-preview.tsx'
import { vaultSource } from './evidence-source.ts'
import { useLook } from './look.ts'
import { evidenceLook } from './look-ids.ts'
import { previewKind } from './read-evidence.ts'

interface EvidenceListProps {
  readonly revision: Digest
  readonly evidence: readonly EvidenceLine[]
  /** Opens the first piece at once, for those who compare. */
  readonly isOpen?: boolean
}

const icons = {
  image: <FileImageOutlined aria-hidden="true" />,
  pdf: <FilePdfOutlined aria-hidden="true" />,
  text: <FileTextOutlined aria-hidden="true" />,
  none: <FileOutlined aria-hidden="true" />,
}

/** Pieces of evidence, one of them open; those that were opened are ticked for a reviewer. */
export function EvidenceList({ revision, evidence, isOpen = false }: EvidenceListProps) {
  const text = useText()
  const { seen, see } = useLook()
  const [chosen, setChosen] = useState<Digest | null>(isOpen ? (evidence[0]?.hash ?? null) : null)
  if (evidence.length === 0) return <p className="evidence-none">{text('evidence.none')}</p>
  const place = evidence.findIndex((candidate) => candidate.hash === chosen)
  const line = evidence[place]
  const before = evidence[place - 1]
  const after = evidence[place + 1]
  return (
    <div className="evidence">
      <ul className="evidence-files">
        {evidence.map((item) => (
          <li key={item.hash}>
            <button
              type="button"
              data-evidence={item.hash}
              aria-expanded={item.hash === chosen}
              title={item.name}
              onClick={() => setChosen(item.hash === chosen ? null : item.hash)}
            >
              {icons[previewKind(item.mediaType, item.size)]}
              <span className="evidence-name">{item.name}</span>
              <span className="number evidence-size">{bytesText(item.size)}</span>
              {seen.has(evidenceLook(item.hash)) ? (
                <CheckOutlined className="evidence-seen" aria-label={text('evidence.seen')} />
              ) : null}
            </button>
          </li>
        ))}
      </ul>
      {line === undefined || evidence.length < 2 ? null : (
        <p className="evidence-turn">
          <Button
            size="small"
            disabled={before === undefined}
            onClick={() => before === undefined || setChosen(before.hash)}
          >
            {text('evidence.before')}
          </Button>
          <span className="number">
            {text('evidence.piece', { number: place + 1, count: evidence.length })}
          </span>
          <Button
            size="small"
            disabled={after === undefined}
            onClick={() => after === undefined || setChosen(after.hash)}
          >
            {text('evidence.after')}
          </Button>
        </p>
      )}
      {line === undefined ? null : (
        <VaultPreview
          key={line.hash}
          revision={revision}
          line={line}
          onShown={() => see(evidenceLook(line.hash))}
        />
      )}
    </div>
  )
}

interface VaultPreviewProps {
  readonly revision: Digest
  readonly line: EvidenceLine
  onShown(): void
}

function VaultPreview({ revision, line, onShown }: VaultPreviewProps) {
  const source = useMemo(() => vaultSource(revision, line), [revision, line])
  return <EvidencePreview source={source} onShown={onShown} />
}
