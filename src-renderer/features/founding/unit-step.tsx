import { Input, Radio } from 'antd'
import { policies } from '../../../src-shared/access/roles.ts'
import { FormLine } from '../../ui/form-line.tsx'
import { Mark } from '../../ui/status-tag.tsx'
import { useText, useTextOr } from '../../ui/text.ts'
import { creditCodeFault } from './founding-checks.ts'
import { useFounding } from './founding-state.ts'

/** What a policy asks for, what it gives up, and who must be together for what. */
const policyPoints = ['people', 'together', 'price'] as const

export function UnitStep() {
  const text = useText()
  const textOr = useTextOr()
  const { draft, change, choosePolicy } = useFounding()
  const fault = creditCodeFault(draft.creditCode)
  const isChecked = fault === null && draft.creditCode.trim() !== ''
  return (
    <div className="form">
      <FormLine id="unit-name" label={text('founding.unit.name')} isRequired>
        <Input
          id="unit-name"
          value={draft.unitName}
          maxLength={100}
          onChange={(event) => change({ unitName: event.target.value })}
        />
      </FormLine>
      <FormLine
        id="credit-code"
        label={text('founding.unit.credit-code')}
        hint={
          isChecked ? (
            <Mark shape="✓" tone="action" word={text('founding.unit.credit-code.good')} />
          ) : (
            text('founding.unit.credit-code.hint')
          )
        }
        error={fault === null ? null : textOr(`finding.${fault.code}`, fault.params)}
      >
        <Input
          id="credit-code"
          className="number"
          value={draft.creditCode}
          maxLength={30}
          aria-describedby="credit-code-notes"
          aria-invalid={fault !== null}
          onChange={(event) => change({ creditCode: event.target.value })}
        />
      </FormLine>
      <FormLine
        id="device"
        label={text('founding.unit.device')}
        hint={text('founding.unit.device.hint')}
        isRequired
      >
        <Input
          id="device"
          value={draft.device}
          maxLength={100}
          placeholder={text('founding.unit.device.example')}
          onChange={(event) => change({ device: event.target.value })}
        />
      </FormLine>
      <fieldset className="choice">
        <legend>{text('founding.policy')}</legend>
        <Radio.Group value={draft.policy} onChange={(event) => choosePolicy(event.target.value)}>
          {policies.map((policy) => (
            <Radio key={policy} value={policy} className="choice-card">
              <span className="choice-title">{text(`founding.policy.${policy}`)}</span>
              <span className="choice-hint">{text(`founding.policy.${policy}.hint`)}</span>
              {policyPoints.map((point) => (
                <span key={point} className="choice-point">
                  <b>{text(`founding.policy.${point}`)}</b>
                  {text(`founding.policy.${policy}.${point}`)}
                </span>
              ))}
            </Radio>
          ))}
        </Radio.Group>
      </fieldset>
    </div>
  )
}
