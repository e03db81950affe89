import { type KeyboardEvent, type ReactElement, useEffect, useId, useState } from 'react'
import { useCompletion } from '../../hooks/use-completion.ts'
import {
  completeFormula,
  type FormulaName,
  formulaSpan,
  readFormula,
  uselessMetric,
} from '../../view/panels/read-formula.ts'
import { CompletionList } from '../controls/completion-list.tsx'
import { ProblemMark } from '../filter/problem-mark.tsx'

/** A formula, which is taken over when its field is left or Enter is pressed, and only if it can be read. */
export function FormulaField(props: {
  readonly label: string
  readonly value: string
  readonly placeholder?: string
  readonly names: readonly FormulaName[]
  /** It is taken over while it is typed already, as soon as all its names are known. */
  readonly isLive?: boolean
  readonly onChange: (formula: string) => void
}): ReactElement {
  const { label, value, names } = props
  const id = useId()
  const [draft, setDraft] = useState(value)
  useEffect(() => setDraft(value), [value])
  const completion = useCompletion({
    value: draft,
    complete: (text, cursor) => completeFormula(text, cursor, names),
    onChange(next) {
      setDraft(next)
      if (props.isLive && isWhole(next, names)) props.onChange(next.trim())
    },
  })
  const { input } = completion
  const text = draft.trim()
  const { expression, problem } = text === '' ? {} : readFormula(draft)
  const useless = expression && uselessMetric(draft, expression, names)
  // What is offered to end a name is told enough.
  const marked = problem ?? (completion.completions.length > 0 ? undefined : useless)
  const commit = (): void => {
    if (problem === undefined && text !== value) props.onChange(text)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (completion.takesKey(event)) return
    if (event.key === 'Enter') commit()
    else if (event.key === 'Escape' && draft !== value) setDraft(value)
    else return
    // The drawer would close with Escape, which takes a draft back here.
    event.preventDefault()
  }
  return (
    <div className="relative min-w-0 flex-1">
      <div className="relative">
        <input
          {...completion.fieldProps}
          aria-describedby={marked && `${id}-problem`}
          aria-invalid={problem !== undefined}
          aria-label={label}
          className={`control w-full font-mono ${problem === undefined ? '' : 'border-bad'}`}
          onBlur={() => {
            completion.close()
            commit()
          }}
          onKeyDown={onKeyDown}
          placeholder={props.placeholder}
          ref={input}
          spellCheck={false}
          type="text"
          value={draft}
        />
        {marked?.position !== undefined && (
          <ProblemMark
            className="inset-x-[9px] font-mono"
            field={input}
            span={formulaSpan(draft, marked.position)}
            text={draft}
          />
        )}
      </div>
      {marked && (
        <p className={`mt-1 text-sm ${problem ? 'text-bad' : 'text-muted'}`} id={`${id}-problem`} role="alert">
          {marked.message} {problem && value !== '' && <span className="text-muted">Showing the previous result.</span>}
        </p>
      )}
      <CompletionList completion={completion} />
    </div>
  )
}

/** Whether a formula can be read and names nothing unknown; an empty one is whole. */
function isWhole(text: string, names: readonly FormulaName[]): boolean {
  if (text.trim() === '') return true
  const { expression } = readFormula(text)
  return expression !== undefined && uselessMetric(text, expression, names) === undefined
}
