import { PlusOutlined } from '@ant-design/icons'
import { Button, Input, Tag } from 'antd'
import { useState } from 'react'
import { longestTag } from '../../../src-shared/contract/listing.ts'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useText } from '../../ui/text.ts'

/** The words that stand on a dossier; whoever may adds and takes them off. */
export function DossierTags({ cadre }: { readonly cadre: string }) {
  const text = useText()
  const found = useQuery('cadre.tags', { cadre })
  const change = useAction('cadre.tag')
  const [typed, setTyped] = useState<string | null>(null)
  const { tags, may } = found.data ?? { tags: [], may: false }
  const add = async () => {
    const tag = (typed ?? '').trim()
    if (tag === '') return setTyped(null)
    const done = await change.run({ cadre, tag, act: 'set' })
    if (done.ok) setTyped(null)
  }
  if (tags.length === 0 && !may) return null
  return (
    <div className="dossier-tags" role="group" aria-label={text('dossier.tags')}>
      {tags.map((tag) => (
        <Tag
          key={tag}
          {...(may
            ? {
                closable: { 'aria-label': text('dossier.tags.drop', { tag }) },
                onClose: (event) => {
                  // It goes when the log says so.
                  event.preventDefault()
                  void change.run({ cadre, tag, act: 'unset' })
                },
              }
            : {})}
        >
          {tag}
        </Tag>
      ))}
      {!may ? null : typed === null ? (
        <Button size="small" type="dashed" icon={<PlusOutlined />} onClick={() => setTyped('')}>
          {text('dossier.tags.add')}
        </Button>
      ) : (
        <Input
          autoFocus
          size="small"
          className="tag-input"
          maxLength={longestTag}
          aria-label={text('dossier.tags.name')}
          placeholder={text('dossier.tags.name')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onPressEnter={() => void add()}
          onBlur={() => void add()}
          onKeyDown={(event) => (event.key === 'Escape' ? setTyped(null) : undefined)}
        />
      )}
      <ErrorNotice failure={change.failure ?? found.failure} />
    </div>
  )
}
