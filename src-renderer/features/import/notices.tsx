import { Alert } from 'antd'
import type { TableNotice } from '../../../src-shared/import/source.ts'
import { useText, useTextOr } from '../../ui/text.ts'

/** What the file holds beside its rows: hidden columns, macros that were not run, elements that are not taken. */
export function Notices({ notices }: { readonly notices: readonly TableNotice[] }) {
  const text = useText()
  const textOr = useTextOr()
  if (notices.length === 0) return null
  return (
    <Alert
      type="info"
      showIcon
      title={text('import.notices')}
      description={
        <ul className="plain-list">
          {notices.map((notice) => (
            <li key={`${notice.code} ${Object.values(notice.params).join(' ')}`}>
              {textOr(`notice.${notice.code}`, notice.params)}
            </li>
          ))}
        </ul>
      }
    />
  )
}
