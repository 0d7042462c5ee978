import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import { useDesk } from '../../app/contexts.ts'
import { hrefOf } from '../../app/routes.ts'
import { dropDraft, listDrafts, type Draft, type DraftPlace } from '../../drafts/database.ts'
import { momentText } from '../../ui/moment.ts'
import { useText } from '../../ui/text.ts'
import type { EntryDraft } from '../entry/entry-draft.ts'

/** Work that was begun and not submitted, offered again after every log-in. */
export function Drafts() {
  const text = useText()
  const { catalogue, session } = useDesk()
  const [drafts, setDrafts] = useState<readonly Draft<EntryDraft>[]>([])
  useEffect(() => {
    void listDrafts<EntryDraft>().then(setDrafts)
  }, [])
  const visible = drafts.filter((draft) => {
    const compartment = findCategory(catalogue, draft.place.category)?.compartment
    return compartment !== undefined && session.compartments.includes(compartment)
  })
  if (visible.length === 0) return null
  const discard = async (place: DraftPlace) => {
    await dropDraft(place)
    setDrafts(await listDrafts<EntryDraft>())
  }
  return (
    <section className="card" aria-labelledby="bench-drafts">
      <h2 id="bench-drafts">{text('drafts.title')}</h2>
      <ul className="drafts">
        {visible.map(({ place, savedAt, content }) => (
          <li key={`${place.cadre}/${place.category}/${place.record ?? ''}`}>
            <span>{content.cadreName}</span>
            <span>{findCategory(catalogue, place.category)?.name}</span>
            <span className="number">{momentText(savedAt)}</span>
            <span className="drafts-actions">
              <Button
                size="small"
                type="primary"
                href={hrefOf(
                  'entry',
                  place.cadre,
                  place.category,
                  ...(place.record === null ? [] : [place.record]),
                )}
              >
                {text('drafts.continue')}
              </Button>
              <Button size="small" onClick={() => void discard(place)}>
                {text('drafts.discard')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
