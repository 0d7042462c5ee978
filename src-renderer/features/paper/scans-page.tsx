import { Button } from 'antd'
import { useEffect, useId, useState } from 'react'
import { hrefOf } from '../../app/routes.ts'
import { markChanged } from '../../app/changes.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useText } from '../../ui/text.ts'
import { useDropAndPaste } from '../entry/use-uploads.ts'
import { EvidencePreview } from '../record/evidence-preview.tsx'
import { fileSource, type EvidenceSource } from '../record/evidence-source.ts'
import { ScanCard, SignatureBoxes } from './scan-card.tsx'
import { addScans, attachScan, isReady, leaveScans, useScans, type ScanItem } from './scan-items.ts'

/** Scans of signed sheets: read here, shown beside where they belong, attached when somebody says so. */
export function ScansPage() {
  const text = useText()
  const picker = useId()
  const [isOver, setOver] = useState(false)
  const { items, signed, shown } = useScans()
  useDropAndPaste(addScans, setOver)
  useEffect(() => leaveScans, [])
  const ready = items.filter((item) => isReady(item, { signed }))
  const isBusy = items.some(({ state }) => state.is === 'attaching')
  const attachAll = async () => {
    for (const { key } of ready) await attachScan(key)
    markChanged('archive', 'discipline')
  }
  const look = items.find(({ key }) => key === shown)
  return (
    <div className={isOver ? 'scans is-over' : 'scans'}>
      <div className="scans-tools">
        <input
          id={picker}
          type="file"
          multiple
          className="sr-only"
          tabIndex={-1}
          aria-label={text('scans.add')}
          accept=".pdf,.png,.jpg,.jpeg,.webp,.gif,.bmp"
          onChange={(event) => {
            addScans([...(event.target.files ?? [])])
            event.target.value = ''
          }}
        />
        <Button
          type={items.length === 0 ? 'primary' : 'default'}
          onClick={() => document.getElementById(picker)?.click()}
        >
          {text('scans.add')}
        </Button>
        {ready.length < 2 ? null : (
          <Button type="primary" disabled={isBusy} onClick={() => void attachAll()}>
            {text('scans.attach.all', { count: ready.length })}
          </Button>
        )}
        <Button href={hrefOf('entry', 'blank')}>{text('paper.blank.open')}</Button>
        <span className="prose-faint">{text('scans.drop')}</span>
      </div>
      {items.length === 0 ? (
        <EmptyState title={text('scans.none')} hint={text('scans.none.hint')} />
      ) : (
        <>
          <SignatureBoxes
            label={text('scans.signed')}
            value={signed}
            onChange={(value) => useScans.setState({ signed: value })}
          />
          <p className="prose-faint">{text('scans.signed.hint')}</p>
          <div className="scans-beside">
            <ul className="scans-list" aria-label={text('scans.list')}>
              {items.map((item) => (
                <ScanCard key={item.key} item={item} isShown={item.key === shown} />
              ))}
            </ul>
            {look === undefined ? null : <Preview key={look.key} item={look} />}
          </div>
        </>
      )}
    </div>
  )
}

function Preview({ item }: { readonly item: ScanItem }) {
  const text = useText()
  const { file } = item
  const [source, setSource] = useState<EvidenceSource | null>(null)
  useEffect(() => {
    let isCurrent = true
    void fileSource(file).then((found) => {
      if (isCurrent) setSource(found)
    })
    return () => {
      isCurrent = false
    }
  }, [file])
  return (
    <section className="scans-preview" aria-label={text('scans.preview', { name: file.name })}>
      {source === null ? null : <EvidencePreview source={source} onShown={() => undefined} />}
    </section>
  )
}
