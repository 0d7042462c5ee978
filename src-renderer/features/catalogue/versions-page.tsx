import { Alert, Button, Collapse, Skeleton } from 'antd'
import { dictionarySchema } from '../../../src-shared/catalogue/dictionary.ts'
import type { CatalogueVersionsView, CatalogueVersionView } from '../../../src-shared/contract/catalogue.ts'
import { fromBase64 } from '../../../src-shared/kernel/bytes.ts'
import { useDesk } from '../../app/contexts.ts'
import { hrefOf } from '../../app/routes.ts'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { momentText } from '../../ui/moment.ts'
import { saveFile } from '../../ui/save-file.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { ChangeList } from './change-list.tsx'
import { exportCatalogue } from './exchange.ts'
import { Waiting } from './waiting.tsx'
import { useWorking } from './working.ts'

/** Every version with who brought it into force, when, and what it changed. */
export function VersionsPage({ view }: { readonly view: CatalogueVersionsView }) {
  const text = useText()
  const { catalogue } = useDesk()
  const { edits } = useWorking()
  const [newest] = view.versions
  return (
    <>
      {view.proposal === null ? null : <Waiting proposal={view.proposal} />}
      {newest?.isSound === false ? (
        <Alert type="error" showIcon title={text('error.catalogue/rules-differ')} />
      ) : null}
      <section className="card" aria-labelledby="catalogue-versions">
        <div className="catalogue-bar">
          <h2 id="catalogue-versions">{text('catalogue.versions')}</h2>
          {edits.length === 0 ? null : (
            <Mark shape="◐" tone="watch" word={text('catalogue.draft', { count: edits.length })} />
          )}
          <span className="topbar-space" />
          <DictionaryButtons />
          <Button onClick={() => exportCatalogue(catalogue)}>{text('catalogue.export')}</Button>
          {view.mayPropose ? (
            <Button type="primary" href={hrefOf('settings', 'catalogue', 'edit')}>
              {text(edits.length === 0 ? 'catalogue.edit' : 'catalogue.edit.go-on')}
            </Button>
          ) : null}
        </div>
        <Collapse
          size="small"
          destroyOnHidden
          items={view.versions.map((version, place) => ({
            key: version.version,
            label: <VersionTitle version={version} isCurrent={place === 0} />,
            children: <VersionChanges version={version} />,
          }))}
        />
      </section>
    </>
  )
}

function VersionTitle({ version, isCurrent }: { version: CatalogueVersionView; isCurrent: boolean }) {
  const text = useText()
  const { proposer, adopter } = version
  return (
    <span className="revision-title">
      <strong>{text('catalogue.version', { version: version.version })}</strong>
      {isCurrent ? <Mark shape="✓" tone="action" word={text('catalogue.in-force')} /> : null}
      <span className="revision-author">
        {proposer === null
          ? text('catalogue.founded', { at: momentText(adopter.at) })
          : text('catalogue.hands', {
              proposer: proposer.name,
              confirmer: adopter.name,
              at: momentText(adopter.at),
            })}
      </span>
    </span>
  )
}

function VersionChanges({ version }: { readonly version: CatalogueVersionView }) {
  const text = useText()
  const number = version.version
  const after = useQuery('catalogue.version', { version: number }, [])
  const before = useQuery('catalogue.version', number === 1 ? null : { version: number - 1 }, [])
  const failure = after.failure ?? before.failure
  if (failure !== null) return <ErrorNotice failure={failure} />
  if (after.data === null || before.isLoading) return <Skeleton active />
  const { data } = after
  return (
    <>
      {version.words === '' ? null : <blockquote className="words">{version.words}</blockquote>}
      {before.data === null ? (
        <p className="prose-line">
          {text('catalogue.first', {
            count: data.categories.length,
            fields: data.categories.reduce((sum, category) => sum + category.fields.length, 0),
          })}
        </p>
      ) : (
        <ChangeList before={before.data} after={data} />
      )}
      <Button size="small" onClick={() => exportCatalogue(data)}>
        {text('catalogue.export')}
      </Button>
    </>
  )
}

/** The fields, codes and formats of every category, for those who deliver data. */
function DictionaryButtons() {
  const text = useText()
  const { catalogue } = useDesk()
  const dictionary = useAction('catalogue.dictionary')
  const name = `dictionary-v${catalogue.version}`
  const save = async () => {
    const made = await dictionary.run({ version: catalogue.version })
    const bytes = made.ok ? fromBase64(made.value.bytes) : null
    if (bytes !== null) saveFile(new Uint8Array(bytes), `${name}.xlsx`)
  }
  return (
    <>
      <ErrorNotice failure={dictionary.failure} />
      <Button loading={dictionary.isBusy} onClick={() => void save()}>
        {text('dictionary.table')}
      </Button>
      <Button
        onClick={() => saveFile(`${JSON.stringify(dictionarySchema(catalogue), null, 2)}\n`, `${name}.json`)}
      >
        {text('dictionary.schema')}
      </Button>
    </>
  )
}
