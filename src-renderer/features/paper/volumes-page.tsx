import { Button, Skeleton } from 'antd'
import { useMemo, useState } from 'react'
import type { CadreVolumes, VolumeView } from '../../../src-shared/contract/paper-views.ts'
import { listDocument } from '../../../src-shared/paper/list-document.ts'
import { useDesk } from '../../app/contexts.ts'
import { pageNonce } from '../../app/page-nonce.ts'
import { hrefOf } from '../../app/routes.ts'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useLooks } from '../../ui/looks.ts'
import { momentText } from '../../ui/moment.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { PrintFrame } from '../disclosure/print-frame.tsx'
import { NumberRuleLine } from './number-rule.tsx'
import { VolumeForm } from './volume-form.tsx'

/** The volumes of one dossier in the cabinet: their numbers, where they stand, what is in them. */
export function VolumesPage({ cadre }: { readonly cadre: string }) {
  const text = useText()
  const dossier = useQuery('cadre.read', { cadre, at: null })
  const volumes = useQuery('volume.list', { cadre })
  const [editing, setEditing] = useState<string | null>(null)
  const [printing, setPrinting] = useState<{ readonly volume: VolumeView; readonly at: string } | null>(null)
  const failed = dossier.failure === null ? volumes : dossier
  if (failed.failure !== null) return <ErrorNotice failure={failed.failure} onRetry={failed.reload} />
  if (dossier.data === null || volumes.data === null) return <Skeleton active className="page" />
  const { name } = dossier.data.cadre
  if (printing !== null) return <FileList {...printing} cadreName={name} onClose={() => setPrinting(null)} />
  const { may, rule } = volumes.data
  const close = () => setEditing(null)
  const form = (volume: VolumeView | null) => (
    <VolumeForm cadre={cadre} volume={volume} rule={rule} compartments={may.compartments} onClose={close} />
  )
  const mayEnter = may.compartments.length > 0
  return (
    <div className="page volumes">
      <PageHeader
        title={text('volume.heading', { name })}
        hint={text('volume.hint')}
        actions={
          <>
            {mayEnter && editing === null ? (
              <Button type="primary" onClick={() => setEditing('')}>
                {text('volume.new')}
              </Button>
            ) : null}
            <Button href={hrefOf('dossiers', cadre)}>{text('do.close')}</Button>
          </>
        }
      />
      <NumberRuleLine rule={rule} isDefault={volumes.data.isDefaultRule} may={may.rule} />
      {editing === '' ? form(null) : null}
      {volumes.data.volumes.length === 0 && editing === null ? (
        <EmptyState title={text('volume.none')} hint={text('volume.none.hint')} />
      ) : null}
      {volumes.data.volumes.map((volume) =>
        editing === volume.volume ? (
          <div key={volume.volume}>{form(volume)}</div>
        ) : (
          <Volume
            key={volume.volume}
            cadre={cadre}
            volume={volume}
            mayEdit={editing === null && may.compartments.includes(volume.compartment)}
            onEdit={() => setEditing(volume.volume)}
            onPrint={() => setPrinting({ volume, at: momentText(new Date().toISOString()) })}
          />
        ),
      )}
    </div>
  )
}

interface VolumeProps {
  readonly cadre: string
  readonly volume: CadreVolumes['volumes'][number]
  readonly mayEdit: boolean
  onEdit(): void
  onPrint(): void
}

function Volume({ cadre, volume, mayEdit, onEdit, onPrint }: VolumeProps) {
  const text = useText()
  const print = useAction('volume.print')
  const set = useAction('volume.set')
  const make = async () => {
    const signed = await print.run({ cadre, volume: volume.volume })
    if (signed.ok) onPrint()
  }
  const { compartment, hand } = volume
  return (
    <section className="volume" aria-label={volume.number}>
      <h2 className="number">{volume.number}</h2>
      {volume.isTwice ? (
        <p role="alert">
          <Mark shape="✕" tone="risk" word={text('volume.twice')} />
        </p>
      ) : null}
      <dl className="volume-facts">
        <dt>{text('volume.title')}</dt>
        <dd>{volume.title === '' ? '—' : volume.title}</dd>
        <dt>{text('volume.place')}</dt>
        <dd>{volume.place === '' ? '—' : volume.place}</dd>
        <dt>{text('volume.compartment')}</dt>
        <dd>{text(`volume.compartment.${compartment}`)}</dd>
        <dt>{text('volume.files')}</dt>
        <dd>{text('volume.files.count', { count: volume.rows.length })}</dd>
      </dl>
      <p className="prose-faint">{text('volume.by', { name: hand.name, at: momentText(hand.at) })}</p>
      {volume.history.length === 0 ? null : (
        <details>
          <summary>{text('volume.history')}</summary>
          <ol>
            {volume.history.map(({ act, number, place, hand: by }) => (
              <li key={by.at}>
                {text(`volume.history.${act}`, { at: momentText(by.at), name: by.name, number, place })}
              </li>
            ))}
          </ol>
        </details>
      )}
      <ErrorNotice failure={print.failure ?? set.failure} />
      <p className="record-actions">
        <Button loading={print.isBusy} onClick={() => void make()}>
          {text('volume.print')}
        </Button>
        {mayEdit ? (
          <>
            <Button onClick={onEdit}>{text('volume.edit')}</Button>
            <Button
              title={text('volume.unset.hint')}
              loading={set.isBusy}
              onClick={() => void set.run({ cadre, volume: volume.volume, compartment, said: null })}
            >
              {text('volume.unset')}
            </Button>
          </>
        ) : null}
      </p>
    </section>
  )
}

interface FileListProps {
  readonly volume: VolumeView
  readonly cadreName: string
  /** When it was printed, as people read it. */
  readonly at: string
  onClose(): void
}

function FileList({ volume, cadreName, at, onClose }: FileListProps) {
  const text = useText()
  const { session } = useDesk()
  const locale = useLooks((looks) => looks.locale)
  const html = useMemo(() => {
    const printedBy = text('paper.form.printed', { name: session.member.name, at })
    const unit = session.unit.name
    return listDocument({ unit, cadreName, printedBy, volume }, locale, pageNonce())
  }, [volume, cadreName, at, session, text, locale])
  return (
    <PrintFrame title={text('volume.list')} html={html} hint={text('volume.print.hint')} onClose={onClose} />
  )
}
