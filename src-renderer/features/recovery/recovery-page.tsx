import { Alert, Button, Input } from 'antd'
import { useLayoutEffect, useRef, useState, type FormEvent, type ReactNode } from 'react'
import { readSheetHead } from '../../../src-shared/access/recovery-sheet.ts'
import type { RecoveredMember } from '../../../src-shared/contract/views.ts'
import { LooksMenu } from '../../app/looks-menu.tsx'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { FormLine } from '../../ui/form-line.tsx'
import { NewPassword } from '../../ui/new-password.tsx'
import { areSheetsReady, SheetEntries, sheetTexts } from '../../ui/sheet-entries.tsx'
import { blankSheet, type TypedSheet } from '../../ui/sheet-lines.ts'
import { useList, useText } from '../../ui/text.ts'

const nobody: ReadonlyMap<number, string> = new Map()
/** No kit needs fewer; the first sheet says how many. */
const leastSheets = 2

/** 凭恢复单重设: holders type their sheets, a member types a new password. Nobody has to be able to log in. */
export function RecoveryPage({ onBack }: { onBack(): void }) {
  const text = useText()
  const use = useAction('recovery.use')
  const [sheets, setSheets] = useState<readonly TypedSheet[]>(() => [blankSheet, blankSheet])
  const [step, setStep] = useState<'sheets' | 'member'>('sheets')
  const [recovered, setRecovered] = useState<RecoveredMember | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const shown = recovered === null ? step : 'done'
  useLayoutEffect(() => heading.current?.focus(), [shown])
  const change = (typed: readonly TypedSheet[]) => setSheets(asManyAsNeeded(typed))
  const finish = async (login: string, password: string) => {
    const result = await use.run({ sheets: sheetTexts(sheets), login, password })
    if (!result.ok) return
    setSheets([])
    setRecovered(result.value)
  }
  return (
    <main className="wizard">
      <div className="wizard-head">
        <span className="logo" aria-hidden="true">
          廉档
        </span>
        <h1>{text('recovery.title')}</h1>
        <LooksMenu />
      </div>
      <section className="wizard-step" aria-labelledby="recovery-step">
        <h2 id="recovery-step" ref={heading} tabIndex={-1}>
          {text(`recovery.${shown}.title`)}
        </h2>
        {recovered !== null ? (
          <Done recovered={recovered} />
        ) : step === 'sheets' ? (
          <>
            <p className="prose-line">{text('recovery.sheets.what')}</p>
            <SheetEntries sheets={sheets} holders={nobody} onChange={change} />
            <div className="recovery-actions">
              <Button onClick={onBack}>{text('recovery.back')}</Button>
              <Button
                type="primary"
                disabled={!areSheetsReady(sheets)}
                onClick={() => {
                  use.clear()
                  setStep('member')
                }}
              >
                {text('do.next')}
              </Button>
            </div>
          </>
        ) : (
          <MemberForm isBusy={use.isBusy} onBack={() => setStep('sheets')} onDone={finish}>
            <ErrorNotice failure={use.failure} />
          </MemberForm>
        )}
      </section>
    </main>
  )
}

/** Places for as many sheets as the first one that is readable asks for; what is typed stays. */
function asManyAsNeeded(sheets: readonly TypedSheet[]): readonly TypedSheet[] {
  const heads = sheets.map((sheet) => readSheetHead(sheet[0] ?? ''))
  const needed = Math.max(leastSheets, heads.find((head) => head !== null)?.threshold ?? leastSheets)
  return Array.from({ length: Math.min(needed, 10) }, (_, index) => sheets[index] ?? blankSheet)
}

interface MemberFormProps {
  readonly isBusy: boolean
  readonly children: ReactNode
  onBack(): void
  onDone(login: string, password: string): Promise<void>
}

/** The member who could not log in types the new password while the others look away. */
function MemberForm({ isBusy, children, onBack, onDone }: MemberFormProps) {
  const text = useText()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState<string | null>(null)
  const finish = () => {
    if (password !== null && login.trim() !== '' && !isBusy) void onDone(login.trim(), password)
  }
  return (
    <form
      className="form recovery-member"
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        finish()
      }}
    >
      <p className="prose-line">{text('recovery.member.what')}</p>
      <FormLine id="recovery-login" label={text('lock.login')} isRequired>
        <Input
          id="recovery-login"
          autoFocus
          autoComplete="off"
          maxLength={40}
          value={login}
          onChange={(event) => setLogin(event.target.value)}
        />
      </FormLine>
      <p className="handing-away">{text('founding.handing.away')}</p>
      <NewPassword names={[login]} autoFocus={false} onChange={setPassword} onEnter={finish} />
      <p className="prose-line">{text('recovery.member.effect')}</p>
      {children}
      <div className="recovery-actions">
        <Button disabled={isBusy} onClick={onBack}>
          {text('do.back')}
        </Button>
        <Button
          type="primary"
          htmlType="submit"
          loading={isBusy}
          disabled={password === null || login.trim() === ''}
        >
          {text('recovery.use')}
        </Button>
      </div>
    </form>
  )
}

/** Going on ends the process in which the sheets were put together. */
function Done({ recovered }: { readonly recovered: RecoveredMember }) {
  const text = useText()
  const list = useList()
  const lock = useAction('session.lock')
  const { name, login, sheets } = recovered
  return (
    <>
      <Alert
        type="success"
        showIcon
        title={text('recovery.done', { name })}
        description={text('recovery.done.what', { login, sheets: list(sheets.map(String)) })}
      />
      <ErrorNotice failure={lock.failure} />
      <div className="recovery-actions">
        <Button type="primary" loading={lock.isBusy} onClick={() => void lock.run({})}>
          {text('recovery.leave')}
        </Button>
      </div>
    </>
  )
}
