import { Button, Input, type InputRef } from 'antd'
import { useLayoutEffect, useRef, type ChangeEvent } from 'react'
import { sheetLineCount, sheetLineSymbols, sheetSymbols } from '../../src-shared/access/recovery-sheet.ts'
import { blankSheet, lineState, withTyped, type LineState, type TypedSheet } from './sheet-lines.ts'
import { Mark } from './status-tag.tsx'
import { useText } from './text.ts'

interface SheetEntryProps {
  /** Which of the sheets that are typed in, from 1. */
  readonly place: number
  readonly sheet: TypedSheet
  /** Whose sheet it turned out to be, or what is wrong with it. */
  readonly about: string
  readonly isWrong: boolean
  readonly isFirst: boolean
  onChange(sheet: TypedSheet): void
}

/**
 * One sheet typed from the paper, line by line, each checked when it is whole. A scanner that types like a keyboard
 * fills all lines from whichever has the focus.
 */
export function SheetEntry({ place, sheet, about, isWrong, isFirst, onChange }: SheetEntryProps) {
  const text = useText()
  const inputs = useRef<(InputRef | null)[]>([])
  const caret = useRef<{ readonly line: number; readonly symbols: number } | null>(null)
  // Grouping the symbols anew must not move the caret away from the one that is being corrected.
  useLayoutEffect(() => {
    const wanted = caret.current
    caret.current = null
    const input = wanted === null ? null : inputs.current[wanted.line]
    if (wanted === null || input === null || input === undefined) return
    const position = wanted.symbols + Math.floor(Math.max(0, wanted.symbols - 1) / 4)
    input.focus()
    input.setSelectionRange(position, position)
  })
  const change = (index: number, event: ChangeEvent<HTMLInputElement>) => {
    const { value, selectionStart } = event.target
    if ((event.nativeEvent as InputEvent).isComposing) {
      onChange(sheet.map((line, at) => (at === index ? value : line)))
      return
    }
    const typed = withTyped(sheet, index, value)
    const before = sheetSymbols(value.slice(0, selectionStart ?? value.length)).length
    const isRunOn = typed.at !== index
    const end = sheetSymbols(typed.sheet[typed.at] ?? '').length
    caret.current = { line: typed.at, symbols: isRunOn ? end : before }
    onChange(typed.sheet)
  }
  return (
    <fieldset className="sheet-entry">
      <legend>{text('sheet-entry.sheet', { place })}</legend>
      <p className={isWrong ? 'sheet-entry-about is-wrong' : 'sheet-entry-about'} role="status">
        {about}
      </p>
      {sheet.map((line, index) => {
        const state = lineState(sheet, index)
        const id = `sheet-${place}-line-${index + 1}`
        return (
          // The lines of a sheet are as many as they are and stay where they are.
          // eslint-disable-next-line react/no-array-index-key
          <div key={index} className="sheet-entry-line">
            <label htmlFor={id}>{text('sheet-entry.line', { line: index + 1 })}</label>
            <Input
              id={id}
              ref={(input) => {
                inputs.current[index] = input
              }}
              className="sheet-entry-text"
              value={line}
              autoFocus={isFirst && index === 0}
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              inputMode="text"
              lang="en"
              aria-describedby={`${id}-state`}
              aria-invalid={state === 'wrong'}
              {...(state === 'wrong' ? { status: 'error' as const } : {})}
              onChange={(event) => change(index, event)}
              onCompositionEnd={(event) => onChange(withTyped(sheet, index, event.currentTarget.value).sheet)}
              onPressEnter={(event) => {
                if (index === sheetLineCount - 1) return
                event.preventDefault()
                inputs.current[index + 1]?.focus()
              }}
            />
            <span id={`${id}-state`} className="sheet-entry-state">
              <LineMark state={state} line={line} />
            </span>
          </div>
        )
      })}
      <Button
        className="sheet-entry-clear"
        size="small"
        type="text"
        onClick={() => {
          caret.current = { line: 0, symbols: 0 }
          onChange(blankSheet)
        }}
      >
        {text('sheet-entry.clear', { place })}
      </Button>
    </fieldset>
  )
}

function LineMark({ state, line }: { readonly state: LineState; readonly line: string }) {
  const text = useText()
  switch (state) {
    case 'blank':
      return null
    case 'short':
      return (
        <span className="prose-faint number">
          {text('sheet-entry.short', { length: sheetSymbols(line).length, whole: sheetLineSymbols })}
        </span>
      )
    case 'good':
      return <Mark shape="✓" tone="action" word={text('sheet-entry.good')} />
    case 'wrong':
      return <Mark shape="✕" tone="risk" word={text('sheet-entry.wrong')} />
    case 'waits-for-first':
      return <Mark shape="○" tone="watch" word={text('sheet-entry.first')} />
  }
}
