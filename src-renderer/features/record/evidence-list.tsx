import { FileImageOutlined, FileOutlined, FilePdfOutlined, FileTextOutlined } from '@ant-design/icons'
import { useState } from 'react'
import type { EvidenceLine } from '../../../src-shared/contract/views.ts'
import type { Digest } from '../../../src-shared/kernel/ids.ts'
import { bytesText } from '../../ui/moment.ts'
import { useText } from '../../ui/text.ts'
import { EvidencePreview } from './evidence-preview.tsx'
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

export function EvidenceList({ revision, evidence, isOpen = false }: EvidenceListProps) {
  const text = useText()
  const [chosen, setChosen] = useState<Digest | null>(isOpen ? (evidence[0]?.hash ?? null) : null)
  if (evidence.length === 0) return <p className="evidence-none">{text('evidence.none')}</p>
  const line = evidence.find((candidate) => candidate.hash === chosen)
  return (
    <div className="evidence">
      <ul className="evidence-files">
        {evidence.map((item) => (
          <li key={item.hash}>
            <button
              type="button"
              aria-expanded={item.hash === chosen}
              onClick={() => setChosen(item.hash === chosen ? null : item.hash)}
            >
              {icons[previewKind(item.mediaType, item.size)]}
              <span className="evidence-name">{item.name}</span>
              <span className="number evidence-size">{bytesText(item.size)}</span>
            </button>
          </li>
        ))}
      </ul>
      {line === undefined ? null : <EvidencePreview key={line.hash} revision={revision} line={line} />}
    </div>
  )
}
