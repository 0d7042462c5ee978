import { Button, Checkbox, Input } from 'antd'
import { useState } from 'react'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { PaperPlace } from '../../../src-shared/contract/paper-views.ts'
import { signaturePlaces, type SignaturePlace } from '../../../src-shared/paper/attached.ts'
import { useDesk } from '../../app/contexts.ts'
import { hrefOf } from '../../app/routes.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { momentText } from '../../ui/moment.ts'
import { Mark, StatusTag } from '../../ui/status-tag.tsx'
import { useList, useText } from '../../ui/text.ts'
import { PlacePicker } from './place-picker.tsx'
import {
  attachScan,
  changeScan,
  isReady,
  removeScan,
  signaturesOf,
  useScans,
  type ScanItem,
} from './scan-items.ts'

/** One scanned sheet: where it belongs, what is signed on it, and attaching it. */
export function ScanCard({ item, isShown }: { readonly item: ScanItem; readonly isShown: boolean }) {
  const text = useText()
  const list = useList()
  const signed = useScans((scans) => scans.signed)
  const { key, file, pages, state } = item
  const which =
    pages === null
      ? item.count > 1
        ? text('scans.whole', { count: item.count })
        : ''
      : text('scans.pages', { pages: list(pages.map(String)) })
  const name = which === '' ? file.name : `${file.name} ${which}`
  return (
    <li className={isShown ? 'scan is-shown' : 'scan'} aria-label={name}>
      <div className="scan-head">
        <button
          type="button"
          className="scan-name"
          aria-expanded={isShown}
          onClick={() => useScans.setState({ shown: isShown ? null : key })}
        >
          {file.name} <span className="prose-faint">{which}</span>
        </button>
        {state.is === 'attaching' ? null : (
          <Button
            size="small"
            type="text"
            aria-label={text('scans.remove', { name })}
            onClick={() => removeScan(key)}
          >
            ✕
          </Button>
        )}
      </div>
      {state.is === 'reading' ? (
        <p role="status">
          {state.page === 0 ? text('scans.opening') : text('scans.reading', { page: state.page })}
        </p>
      ) : state.is === 'broken' ? (
        state.failure === null ? (
          <p role="alert">
            <Mark shape="✕" tone="risk" word={text('scans.broken')} />
          </p>
        ) : (
          <ErrorNotice failure={state.failure} />
        )
      ) : state.is === 'done' ? (
        <p role="status">
          <Mark shape="◆" tone="action" word={text('scans.done')} />{' '}
          {item.place === null ? null : (
            <a href={hrefOf('dossiers', item.place.cadre, item.place.record)}>{text('scans.done.look')}</a>
          )}
        </p>
      ) : (
        <Ready item={item} signed={signaturesOf(item, { signed })} isReady={isReady(item, { signed })} />
      )}
    </li>
  )
}

interface ReadyProps {
  readonly item: ScanItem
  readonly signed: readonly SignaturePlace[]
  readonly isReady: boolean
}

function Ready({ item, signed, isReady: canAttach }: ReadyProps) {
  const text = useText()
  const [isChoosing, setChoosing] = useState(false)
  const { key, place, located, state } = item
  const isAttaching = state.is === 'attaching'
  const cadre = located?.is === 'blank' ? located.cadre : null
  return (
    <>
      <Verdict item={item} />
      {place === null ? null : <Place place={place} />}
      {place === null || isChoosing ? (
        <PlacePicker
          cadre={cadre}
          category={located?.is === 'blank' ? located.category : null}
          onChoose={(chosen) => {
            changeScan(key, { place: chosen, found: 'hand' })
            setChoosing(false)
          }}
        />
      ) : null}
      <SignatureBoxes
        label={text('scans.signed')}
        value={signed}
        onChange={(value) => changeScan(key, { signed: value })}
      />
      <Input
        aria-label={text('scans.words')}
        placeholder={text('scans.words')}
        maxLength={500}
        value={item.words}
        onChange={(event) => changeScan(key, { words: event.target.value })}
      />
      <ErrorNotice failure={state.is === 'ready' ? state.failure : null} />
      {place !== null && place.may && signed.length === 0 ? (
        <p className="prose-faint">{text('scans.unsigned')}</p>
      ) : null}
      <p className="scan-actions">
        <Button
          type="primary"
          disabled={!canAttach}
          loading={isAttaching}
          onClick={() => void attachScan(key)}
        >
          {text('scans.attach')}
        </Button>
        {place === null || isChoosing ? null : (
          <Button disabled={isAttaching} onClick={() => setChoosing(true)}>
            {text('scans.place.change')}
          </Button>
        )}
      </p>
    </>
  )
}

/** What was found on the sheet, in one sentence; nothing where a person has chosen since. */
function Verdict({ item }: { readonly item: ScanItem }) {
  const text = useText()
  const { code, located, place, found } = item
  if (place !== null && found === 'hand') return null
  if (code.is !== 'one') {
    const key = code.is === 'none' ? 'no-code' : code.is === 'other' ? 'other-code' : 'several'
    return (
      <p>
        <Mark shape="▲" tone="watch" word={text(`scans.${key}`)} />
      </p>
    )
  }
  switch (located?.is) {
    case 'revision':
      return (
        <p>
          <Mark shape="◆" tone="action" word={text('scans.found')} />
        </p>
      )
    case 'blank':
      return (
        <p>
          <Mark shape="◇" tone="action" word={text('scans.found.blank')} />
        </p>
      )
    case 'other-unit':
    case 'unknown':
      return (
        <p>
          <Mark shape="✕" tone="risk" word={text(`scans.${located.is}`)} />
        </p>
      )
    default:
      return null
  }
}

function Place({ place }: { readonly place: PaperPlace }) {
  const text = useText()
  const { catalogue } = useDesk()
  const { category, entered } = place
  return (
    <div className="scan-place">
      <p>
        <strong>{place.cadreName}</strong>{' '}
        <span>
          {category} {findCategory(catalogue, category)?.name ?? ''}
        </span>{' '}
        <StatusTag status={place.status} />{' '}
        <span className="prose-faint">
          {text('scans.entered', { at: momentText(entered.at), name: entered.name })}
        </span>
      </p>
      {place.isSuperseded ? (
        <p>
          <Mark shape="▲" tone="watch" word={text('scans.superseded')} />
        </p>
      ) : null}
      {place.papers === 0 ? null : (
        <p className="prose-faint">{text('scans.there', { count: place.papers })}</p>
      )}
      {place.may ? null : (
        <p>
          <Mark shape="✕" tone="risk" word={text('scans.not-yours')} />
        </p>
      )}
    </div>
  )
}

interface SignatureBoxesProps {
  readonly label: string
  readonly value: readonly SignaturePlace[]
  onChange(value: readonly SignaturePlace[]): void
}

export function SignatureBoxes({ label, value, onChange }: SignatureBoxesProps) {
  const text = useText()
  return (
    <fieldset className="scan-signed">
      <legend>{label}</legend>
      {signaturePlaces.map((place) => (
        <Checkbox
          key={place}
          checked={value.includes(place)}
          onChange={({ target }) =>
            onChange(signaturePlaces.filter((one) => (one === place ? target.checked : value.includes(one))))
          }
        >
          {text(`paper.sign.${place}`)}
        </Checkbox>
      ))}
    </fieldset>
  )
}
