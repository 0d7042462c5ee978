import { Alert, Button, Select } from 'antd'
import { useState } from 'react'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { FormLine } from '../../ui/form-line.tsx'
import { useText } from '../../ui/text.ts'
import { FolderBrowser } from '../sync/folder-browser.tsx'
import { useCategoryOptions } from './category-mapping.tsx'

/** Empty workbooks for other departments to fill in; filled ones map themselves. */
export function Templates() {
  const text = useText()
  const options = useCategoryOptions()
  const write = useAction('import.template')
  const [category, setCategory] = useState<string | null>(null)
  const [folder, setFolder] = useState<string | null>(null)
  const [isOpen, setOpen] = useState(false)
  const [file, setFile] = useState<string | null>(null)
  const run = async (path: string) => {
    setFile(null)
    const done = await write.run({ category: category ?? options[0]?.value ?? 'A1', folder: path })
    if (done.ok) setFile(done.value.file)
  }
  return (
    <details className="card import-extra" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{text('template.title')}</summary>
      {isOpen ? (
        <>
          <p className="prose-faint">{text('template.hint')}</p>
          <FormLine id="template-category" label={text('import.category.all')}>
            <Select
              id="template-category"
              className="fill"
              value={category ?? options[0]?.value ?? null}
              options={options}
              onChange={setCategory}
            />
          </FormLine>
          <FolderBrowser path={folder} procedure="import.browse" onPath={setFolder}>
            {(view) => (
              <Button type="primary" loading={write.isBusy} onClick={() => void run(view.path)}>
                {text('template.write')}
              </Button>
            )}
          </FolderBrowser>
          <ErrorNotice failure={write.failure} />
          {file === null ? null : (
            <Alert type="success" showIcon title={text('template.written', { file })} role="status" />
          )}
        </>
      ) : null}
    </details>
  )
}
