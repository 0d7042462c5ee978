import type { Category } from '../../../src-shared/catalogue/schema.ts'
import type { RevisionView } from '../../../src-shared/contract/views.ts'
import { useDesk } from '../../app/contexts.ts'
import { FieldValue } from '../../ui/field-value.tsx'
import { momentText } from '../../ui/moment.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { useList, useText } from '../../ui/text.ts'
import { compareRevisions } from './compare.ts'
import { useLook } from './look.ts'
import { changesLook } from './look-ids.ts'
import { Grounds } from './road.tsx'

interface ChangesCardProps {
  readonly category: Category
  readonly revision: RevisionView
  readonly returned: RevisionView
}

/** 退回补正: why the last revision was returned, and what its author changed since; what was marked and stands as it was. */
export function ChangesCard({ category, revision, returned }: ChangesCardProps) {
  const text = useText()
  const list = useList()
  const { catalogue } = useDesk()
  const { watch } = useLook()
  const marks = returned.returned?.marks ?? []
  const label = (id: string) => category.fields.find((field) => field.id === id)?.label ?? id
  const rows = compareRevisions(category, revision, returned).filter(
    ({ field, change }) => change !== 'same' || marks.includes(field.id),
  )
  const added = revision.evidence.filter((file) => !returned.evidence.some(({ hash }) => hash === file.hash))
  const removed = returned.evidence.filter(
    (file) => !revision.evidence.some(({ hash }) => hash === file.hash),
  )
  const declares = revision.declaration !== returned.declaration
  const isSame = rows.length === 0 && added.length + removed.length === 0 && !declares
  return (
    <section className="card" ref={watch} data-look={changesLook} aria-label={text('changes.title')}>
      <h2>{text('changes.title')}</h2>
      {returned.returned === null ? (
        <p className="prose-faint">{text('changes.rejected')}</p>
      ) : (
        <div className="changes-why">
          <p>
            <strong>{returned.returned.hand.name}</strong>{' '}
            <time className="number" dateTime={returned.returned.hand.at}>
              {momentText(returned.returned.hand.at)}
            </time>{' '}
            {text('changes.returned')}
          </p>
          <Grounds {...returned.returned} fieldLabel={label} />
        </div>
      )}
      {revision.reason === '' ? null : <p>{text('changes.said', { reason: revision.reason })}</p>}
      {isSame ? <Mark shape="▲" tone="watch" word={text('changes.none')} /> : null}
      {rows.length === 0 && !declares ? null : (
        <table className="fields-table">
          <thead>
            <tr>
              <th scope="col">{text('fields.field')}</th>
              <th scope="col">{text('changes.before')}</th>
              <th scope="col">{text('changes.now')}</th>
            </tr>
          </thead>
          <tbody>
            {declares ? (
              <tr className="is-changed">
                <th scope="row">{text('fields.declaration')}</th>
                <td className="is-former">{text(`declaration.${returned.declaration}`)}</td>
                <td>{text(`declaration.${revision.declaration}`)}</td>
              </tr>
            ) : null}
            {rows.map(({ field, now, before, change }) => (
              <tr key={field.id} className={change === 'same' ? '' : 'is-changed'}>
                <th scope="row">{field.label}</th>
                <td className="is-former">
                  <FieldValue field={field} value={before} catalogue={catalogue} />
                </td>
                <td>
                  <FieldValue field={field} value={now} catalogue={catalogue} />{' '}
                  {change === 'same' ? (
                    <Mark shape="▲" tone="watch" word={text('changes.marked-same')} />
                  ) : (
                    <span className="change">{text(`fields.change.${change}`)}</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {added.length === 0 ? null : (
        <p>{text('changes.evidence-added', { names: list(added.map(({ name }) => name)) })}</p>
      )}
      {removed.length === 0 ? null : (
        <p>{text('changes.evidence-removed', { names: list(removed.map(({ name }) => name)) })}</p>
      )}
    </section>
  )
}
