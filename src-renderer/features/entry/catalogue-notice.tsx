import { Alert } from 'antd'
import { useMemo } from 'react'
import { displayValue } from '../../../src-shared/catalogue/fields.ts'
import { liftRecord } from '../../../src-shared/catalogue/lifting.ts'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import { useDesk } from '../../app/contexts.ts'
import { today } from '../../ui/moment.ts'
import { useText, useTextOr } from '../../ui/text.ts'
import type { Correction } from './entry-draft.ts'
import { useEntry } from './entry-state.ts'

interface CatalogueNoticeProps {
  readonly category: Category
  readonly correction: Correction | null
}

/** Says that the catalogue became newer while a form was open, and what a correction of an older record brings along. */
export function CatalogueNotice({ category, correction }: CatalogueNoticeProps) {
  const text = useText()
  const textOr = useTextOr()
  const { catalogue } = useDesk()
  const openedUnder = useEntry((entry) => entry.form?.draft.catalogueVersion ?? catalogue.version)
  const base = correction?.base ?? null
  const lifted = useMemo(
    () => (base === null ? null : liftRecord(catalogue, category.id, base, today())),
    [base, catalogue, category.id],
  )
  const isOlder = base !== null && base.catalogueVersion > 0 && base.catalogueVersion < catalogue.version
  return (
    <>
      {catalogue.version === openedUnder ? null : (
        <Alert
          type="warning"
          showIcon
          title={text('entry.catalogue-newer', { version: catalogue.version })}
        />
      )}
      {!isOlder || lifted === null ? null : (
        <Alert
          type={lifted.problems.length === 0 ? 'info' : 'warning'}
          showIcon
          title={text('entry.lifted', { from: base.catalogueVersion, version: catalogue.version })}
          description={
            lifted.problems.length === 0 ? null : (
              <ul className="catalogue-problems">
                {lifted.problems.map(({ field: id, value, reason }) => {
                  const field = category.fields.find((one) => one.id === id)
                  const shown =
                    field === undefined ? JSON.stringify(value) : displayValue(field, value, catalogue)
                  const key = reason === 'retired' || reason === 'unknown' ? 'entry.lifted' : 'finding'
                  const words = textOr(`${key}.${reason}`)
                  return (
                    <li key={id}>
                      {text('entry.lifted.problem', {
                        field: field?.label ?? id,
                        value: shown,
                        reason: words,
                      })}
                    </li>
                  )
                })}
              </ul>
            )
          }
        />
      )}
    </>
  )
}
