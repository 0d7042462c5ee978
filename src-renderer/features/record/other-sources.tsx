import type { Category } from '../../../src-shared/catalogue/schema.ts'
import type { OtherSource } from '../../../src-shared/contract/review-views.ts'
import type { RevisionView } from '../../../src-shared/contract/views.ts'
import { useDesk } from '../../app/contexts.ts'
import { hrefOf } from '../../app/routes.ts'
import { FieldValue } from '../../ui/field-value.tsx'
import { dayText } from '../../ui/moment.ts'
import { StatusTag } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { useLook } from './look.ts'
import { othersLook } from './look-ids.ts'

interface OtherSourcesProps {
  readonly cadre: string
  readonly category: Category
  readonly revision: RevisionView
  readonly others: readonly OtherSource[]
}

/** What others say of the same fact, beside this entry: who, when, and only where they do not agree. */
export function OtherSources({ cadre, category, revision, others }: OtherSourcesProps) {
  const text = useText()
  const { watch } = useLook()
  if (others.length === 0) return null
  return (
    <section className="card" ref={watch} data-look={othersLook} aria-label={text('sources.title')}>
      <h2>{text('sources.title')}</h2>
      <p className="prose-faint">{text('sources.hint')}</p>
      <ul className="threads">
        {others.map((other) => (
          <li key={other.revision} className="thread">
            <p className="thread-head">
              <strong>{other.source.from}</strong>
              <span>{text(`source.${other.source.kind}`)}</span>
              {other.source.reference === null ? null : <span>{other.source.reference}</span>}
              <time className="number" dateTime={other.at}>
                {dayText(other.at)}
              </time>
              <StatusTag status={other.status} />
              <a href={hrefOf('dossiers', cadre, other.record)}>{text('sources.open')}</a>
            </p>
            <Differences category={category} revision={revision} other={other} />
          </li>
        ))}
      </ul>
    </section>
  )
}

interface DifferencesProps {
  readonly category: Category
  readonly revision: RevisionView
  readonly other: OtherSource
}

function Differences({ category, revision, other }: DifferencesProps) {
  const text = useText()
  const { catalogue } = useDesk()
  const same = Object.keys(other.values).filter(
    (field) => revision.values[field] !== undefined && !other.differing.includes(field),
  ).length
  const declares = other.declaration !== revision.declaration
  const fields = category.fields.filter(({ id }) => other.differing.includes(id))
  return (
    <>
      {fields.length === 0 && !declares ? null : (
        <table className="fields-table">
          <thead>
            <tr>
              <th scope="col">{text('fields.field')}</th>
              <th scope="col">{text('fields.entered')}</th>
              <th scope="col">{text('sources.says')}</th>
            </tr>
          </thead>
          <tbody>
            {declares ? (
              <tr className="is-changed">
                <th scope="row">{text('fields.declaration')}</th>
                <td>{text(`declaration.${revision.declaration}`)}</td>
                <td>{text(`declaration.${other.declaration}`)}</td>
              </tr>
            ) : null}
            {fields.map((field) => (
              <tr key={field.id} className="is-changed">
                <th scope="row">{field.label}</th>
                <td>
                  <FieldValue field={field} value={revision.values[field.id] ?? null} catalogue={catalogue} />
                </td>
                <td>
                  <FieldValue field={field} value={other.values[field.id] ?? null} catalogue={catalogue} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="prose-faint">
        {text(other.isDuplicate ? 'sources.duplicate' : 'sources.counts', {
          same,
          differing: fields.length,
        })}
      </p>
    </>
  )
}
