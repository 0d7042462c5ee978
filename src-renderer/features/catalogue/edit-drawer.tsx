import { Button, Drawer } from 'antd'
import { useEffect, useRef, type ReactNode } from 'react'
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
  const body = useRef<HTMLFormElement>(null)
  useEffect(() => body.current?.querySelector<HTMLElement>('input, textarea')?.focus(), [])
  return (
    <Drawer
      open
      size={560}
      title={title}
      closable={{ 'aria-label': text('do.close') }}
      onClose={onClose}
      afterOpenChange={(isOpen) => {
        if (isOpen) body.current?.querySelector<HTMLElement>('input, textarea')?.focus()
      }}
    >
      <form
        ref={body}
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
