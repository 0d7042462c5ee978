import { Alert, Button } from 'antd'
import { useLayoutEffect, useRef } from 'react'
import type { FoundingProof } from '../../../src-shared/contract/views.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useList, useText } from '../../ui/text.ts'
import { WizardFrame } from './wizard-frame.tsx'

/** The unit exists. Going on ends the process that knew the sheets. */
export function Finished({ proof }: { readonly proof: FoundingProof }) {
  const text = useText()
  const list = useList()
  const lock = useAction('session.lock')
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => heading.current?.focus(), [])
  return (
    <WizardFrame
      step="done"
      heading={heading}
      actions={
        <Button type="primary" loading={lock.isBusy} onClick={() => void lock.run({})}>
          {text('sheets.leave')}
        </Button>
      }
    >
      <Alert
        type="success"
        showIcon
        title={text('sheets.proved')}
        description={text('sheets.proved.what', {
          sheets: list(proof.sheets.map(String)),
          compartments: list(proof.compartments.map((name) => text(`compartment.${name}`))),
        })}
      />
      <ul className="sheets-after">
        <li>{text('sheets.after.keep')}</li>
        <li>{text('sheets.after.root')}</li>
        <li>{text('sheets.after.log-in')}</li>
      </ul>
      <ErrorNotice failure={lock.failure} />
    </WizardFrame>
  )
}
