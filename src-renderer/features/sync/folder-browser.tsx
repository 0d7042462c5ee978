import { ArrowUpOutlined, FolderOutlined, HddOutlined } from '@ant-design/icons'
import { Button, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import type { FolderView } from '../../../src-shared/contract/log-views.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useText } from '../../ui/text.ts'

interface FolderBrowserProps {
  /** Null is where the core thinks one should begin: removable media first. */
  readonly path: string | null
  /** What is asked: without a vault only a folder's joining files are named. */
  readonly procedure?: 'sync.browse' | 'join.browse' | 'import.browse'
  onPath(path: string): void
  /** Shown under the folders, for what stands in this one. */
  children?(folder: FolderView): ReactNode
}

/** The folders of the machine that the core runs on, a stick or disc first. */
export function FolderBrowser({ path, procedure = 'sync.browse', onPath, children }: FolderBrowserProps) {
  const text = useText()
  const folder = useQuery(procedure, { path }, [])
  if (folder.failure !== null) {
    return <ErrorNotice failure={folder.failure} onRetry={folder.reload} />
  }
  if (folder.data === null) return <Skeleton active paragraph={{ rows: 3 }} />
  const { data } = folder
  const { parent } = data
  return (
    <div className="browser">
      <ul className="browser-places" aria-label={text('browse.places')}>
        {data.places.map((place) => (
          <li key={place.path}>
            <button
              type="button"
              {...(place.path === data.path ? { 'aria-current': 'true' as const } : {})}
              onClick={() => onPath(place.path)}
            >
              <HddOutlined aria-hidden="true" />
              {place.name}
            </button>
          </li>
        ))}
      </ul>
      <div className="browser-folder">
        <div className="browser-path">
          <Button
            size="small"
            icon={<ArrowUpOutlined />}
            aria-label={text('browse.up')}
            disabled={parent === null}
            onClick={() => {
              if (parent !== null) onPath(parent)
            }}
          />
          <code>{data.path}</code>
          <Button size="small" onClick={folder.reload}>
            {text('browse.reload')}
          </Button>
        </div>
        <ul className="browser-list" aria-label={text('browse.folders')}>
          {data.folders.map((one) => (
            <li key={one.path}>
              <button type="button" onClick={() => onPath(one.path)}>
                <FolderOutlined aria-hidden="true" />
                {one.name}
              </button>
            </li>
          ))}
          {data.folders.length === 0 ? <li className="prose-faint">{text('browse.no-folders')}</li> : null}
        </ul>
        {children?.(data)}
      </div>
    </div>
  )
}

/** The bundles among the files of a folder. */
export function bundlesOf(folder: FolderView): FolderView['bundles'] {
  return folder.bundles.filter(({ name }) => name.endsWith('.liandang'))
}
