import { Button } from 'antd'
import { useState } from 'react'
import type { AccountView, NewKeyFile } from '../../../src-shared/contract/account.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { KeyFilePicker, type PickedKeyFile } from '../../ui/key-file-picker.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { FolderBrowser } from '../sync/folder-browser.tsx'
import { isGiven, noProof, OwnPassword, type Proof } from './own-password.tsx'

interface CardProps {
  readonly account: AccountView
  onDone(): void
}

type Step = 'closed' | 'make' | 'drop'

/** A file on the member's own stick, asked for beside the password. */
export function KeyFileCard({ account, onDone }: CardProps) {
  const text = useText()
  const [step, setStep] = useState<Step>('closed')
  const isOn = account.keyFile !== null
  const close = () => setStep('closed')
  const done = () => {
    close()
    onDone()
  }
  return (
    <section className="card settings-card" aria-labelledby="account-key-file">
      <h2 id="account-key-file">{text('account.key-file')}</h2>
      <p className="prose-line">{text('account.key-file.hint')}</p>
      <p>
        {isOn ? (
          <Mark
            shape="◆"
            tone="action"
            word={text('account.key-file.on', { id: account.keyFile.slice(0, 8) })}
          />
        ) : (
          <Mark shape="○" tone="plain" word={text('account.key-file.off')} />
        )}
      </p>
      {step === 'closed' ? (
        <div className="form-actions">
          <Button onClick={() => setStep('make')}>
            {text(isOn ? 'account.key-file.replace' : 'account.key-file.make')}
          </Button>
          {isOn ? <Button onClick={() => setStep('drop')}>{text('account.key-file.drop')}</Button> : null}
        </div>
      ) : null}
      {step === 'make' ? <MakeKeyFile account={account} onClose={close} onDone={done} /> : null}
      {step === 'drop' ? <UseKeyFile account={account} next={null} onClose={close} onDone={done} /> : null}
    </section>
  )
}

interface FormProps extends CardProps {
  onClose(): void
}

/** First the file lies on the stick, then the account asks for it: nobody is locked out by a file that never was. */
function MakeKeyFile({ account, onClose, onDone }: FormProps) {
  const text = useText()
  const make = useAction('keyfile.new')
  const [path, setPath] = useState<string | null>(null)
  const [written, setWritten] = useState<NewKeyFile | null>(null)
  const [downloaded, setDownloaded] = useState(false)
  const [chosen, setChosen] = useState<PickedKeyFile | null>(null)
  const next = written ?? chosen
  const write = async (folder: string) => {
    const result = await make.run({ folder })
    if (result.ok) setWritten(result.value)
  }
  const download = async () => {
    const result = await make.run({ folder: null })
    if (!result.ok) return
    saveFile(`${result.value.content}\n`, result.value.name)
    setDownloaded(true)
  }
  if (next !== null) {
    return (
      <>
        <p role="status">
          <Mark
            shape="✓"
            tone="action"
            word={text(written === null ? 'account.key-file.chosen' : 'account.key-file.written', {
              name: next.name,
            })}
          />
        </p>
        <UseKeyFile account={account} next={next.content} onClose={onClose} onDone={onDone} />
      </>
    )
  }
  return (
    <div className="settings-steps">
      <h3>{text('account.key-file.folder')}</h3>
      <FolderBrowser path={path} onPath={setPath}>
        {(folder) => (
          <div className="panel-actions">
            <Button type="primary" loading={make.isBusy} onClick={() => void write(folder.path)}>
              {text('account.key-file.here')}
            </Button>
            <Button loading={make.isBusy} onClick={() => void download()}>
              {text('account.key-file.download')}
            </Button>
            <Button onClick={onClose}>{text('do.cancel')}</Button>
          </div>
        )}
      </FolderBrowser>
      {downloaded ? (
        <div className="settings-again">
          <p>{text('account.key-file.again')}</p>
          <KeyFilePicker id="key-file-again" picked={chosen} onPick={setChosen} />
        </div>
      ) : null}
      <ErrorNotice failure={make.failure} />
    </div>
  )
}

interface UseKeyFileProps extends FormProps {
  /** Null switches it off. */
  readonly next: string | null
}

function UseKeyFile({ account, next, onClose, onDone }: UseKeyFileProps) {
  const text = useText()
  const action = useAction('keyfile.set')
  const [proof, setProof] = useState<Proof>(noProof)
  const needsKeyFile = account.keyFile !== null
  const run = async () => {
    const { password, keyFile } = proof
    const result = await action.run({ password, keyFile: keyFile?.content ?? null, next })
    if (result.ok) onDone()
  }
  return (
    <form
      className="settings-form"
      onSubmit={(event) => {
        event.preventDefault()
        void run()
      }}
    >
      <OwnPassword id="key-file" needsKeyFile={needsKeyFile} proof={proof} onChange={setProof} />
      <div className="form-actions">
        <Button
          type="primary"
          htmlType="submit"
          danger={next === null}
          disabled={!isGiven(proof, needsKeyFile)}
          loading={action.isBusy}
        >
          {text(next === null ? 'account.key-file.drop' : 'account.key-file.use')}
        </Button>
        <Button onClick={onClose}>{text('do.cancel')}</Button>
      </div>
      <ErrorNotice failure={action.failure} />
    </form>
  )
}
