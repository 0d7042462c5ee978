import { Button, Input } from 'antd'
import { useState, type FormEvent } from 'react'
import { parseIdentityNumber } from '../../../src-shared/catalogue/identity.ts'
import { parsePersonName } from '../../../src-shared/catalogue/names.ts'
import { goTo, hrefOf } from '../../app/routes.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { FormLine } from '../../ui/form-line.tsx'
import { today } from '../../ui/moment.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { useText, useTextOr } from '../../ui/text.ts'
import { NearTwins } from '../twins/near-twins.tsx'

/** Opens a dossier. Without an identity number it is marked 信息不全 until one is entered. */
export function NewDossier() {
  const text = useText()
  const textOr = useTextOr()
  const open = useAction('cadre.open')
  const [name, setName] = useState('')
  const [identity, setIdentity] = useState('')
  const [post, setPost] = useState('')
  const [wasTried, setTried] = useState(false)
  const nameRead = parsePersonName(name)
  const identityRead = identity.trim() === '' ? null : parseIdentityNumber(identity, today())
  const nameFault = nameRead.ok ? null : nameRead.fault
  const identityFault = identityRead === null || identityRead.ok ? null : identityRead.fault
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!nameRead.ok || identityFault !== null) return
    const result = await open.run({
      name: nameRead.value,
      identityNumber: identityRead === null || !identityRead.ok ? null : identityRead.value,
      post: post.trim() === '' ? null : post.trim(),
    })
    if (result.ok) goTo('dossiers', result.value.cadre)
  }
  return (
    <form className="form page" onSubmit={(event) => void submit(event)}>
      <PageHeader title={text('dossiers.new')} hint={text('dossiers.new.hint')} />
      <FormLine
        id="cadre-name"
        label={text('dossiers.name')}
        isRequired
        error={
          nameFault === null || (!wasTried && name === '')
            ? null
            : textOr(`finding.${nameFault.code}`, nameFault.params)
        }
      >
        <Input
          id="cadre-name"
          autoFocus
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </FormLine>
      <NearTwins
        name={name}
        identityNumber={identityRead?.ok === true ? identityRead.value : null}
        post={post}
      />
      <FormLine
        id="cadre-identity"
        label={text('dossiers.identity')}
        hint={text('dossiers.identity.hint')}
        error={identityFault === null ? null : textOr(`finding.${identityFault.code}`, identityFault.params)}
      >
        <Input
          id="cadre-identity"
          className="number"
          autoComplete="off"
          maxLength={30}
          value={identity}
          onChange={(event) => setIdentity(event.target.value)}
        />
      </FormLine>
      <FormLine id="cadre-post" label={text('dossiers.post')} hint={text('dossiers.post.hint')}>
        <Input
          id="cadre-post"
          maxLength={100}
          value={post}
          onChange={(event) => setPost(event.target.value)}
        />
      </FormLine>
      <ErrorNotice failure={open.failure} />
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={open.isBusy}>
          {text('dossiers.create')}
        </Button>
        <Button href={hrefOf('dossiers')}>{text('do.cancel')}</Button>
      </div>
    </form>
  )
}
