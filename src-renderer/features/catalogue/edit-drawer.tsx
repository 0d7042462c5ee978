import { Button, Drawer } from 'antd'
import type { ReactNode } from 'react'
import { useText } from '../../ui/text.ts'

interface EditDrawerProps {
  readonly title: string
  readonly children: ReactNode
  onSave(): void
  onClose(): void
}

/** A form beside the list it belongs to. Enter in a line saves; Escape leaves everything as it was. */
export function EditDrawer({ title, children, onSave, onClose }: EditDrawerProps) {
  const text = useText()
  return (
    <Drawer
      open
      size={560}
      title={title}
      closable={{ 'aria-label': text('do.close') }}
      onClose={onClose}
      autoFocus={false}
    >
      <form
        ref={focusFirst}
        className="catalogue-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          onSave()
        }}
      >
        {children}
        <div className="form-actions">
          <Button type="primary" htmlType="submit">
            {text('catalogue.keep')}
          </Button>
          <Button onClick={onClose}>{text('do.cancel')}</Button>
        </div>
      </form>
    </Drawer>
  )
}

/** From the moment that there is a form, and not when the drawer has come to rest: somebody may be typing by then. */
function focusFirst(form: HTMLFormElement | null): void {
  form?.querySelector<HTMLElement>('input, textarea')?.focus({ preventScroll: true })
}
