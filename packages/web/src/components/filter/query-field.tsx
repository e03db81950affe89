import type { QueryCompletion } from '@lossline/protocol'
import { Filter } from 'lucide-react'
import { type KeyboardEvent, type ReactElement, type ReactNode, type Ref, useId } from 'react'
import { useCompletion } from '../../hooks/use-completion.ts'
import { problemSpan, type QueryProblem, shownInstead } from '../../view/filter/query-problem.ts'
import { CompletionList } from '../controls/completion-list.tsx'
import { FieldEnd } from '../controls/field-end.tsx'
import { ProblemMark } from './problem-mark.tsx'
import { QueryNotice } from './query-notice.tsx'

/** A query as a text, and what is known about it. */
export interface QueryFieldProps {
  readonly label: string
  readonly placeholder: string
  readonly title?: string | undefined
  readonly value: string
  /** What is wrong with it; it is underlined in the text, and said below it. */
  readonly problem: QueryProblem | undefined
  /** What is worth knowing about one that is correct. */
  readonly notice?: ReactNode
  /** Default: the field says it. */
  readonly problemId?: string | undefined
  /** What can stand at a place in the text. */
  readonly complete: (text: string, cursor: number) => readonly QueryCompletion[]
  readonly onChange: (value: string) => void
  readonly onFocus?: () => void
  readonly onBlur?: () => void
  /**
   * Leads to what was found: with Enter, Escape or the arrow key down, once no list of completions takes them.
   * Default: Escape empties the field, and then leaves it.
   */
  readonly onLeave?: (() => void) | undefined
  /** The key that leads here. */
  readonly hint?: string
  readonly ref?: Ref<HTMLInputElement>
  readonly className?: string
}

/** Where people say what they want to see: words, or a query that is completed while they type. */
export function QueryField(props: QueryFieldProps): ReactElement {
  const { label, value, problem, onChange, onLeave } = props
  const id = useId()
  const completion = useCompletion({ value, complete: props.complete, onChange, after: ' ' })
  const { input } = completion
  const problemId = props.problemId ?? `${id}-problem`

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (completion.takesKey(event)) return
    if (onLeave && ['Enter', 'Escape', 'ArrowDown'].includes(event.key)) onLeave()
    else if (event.key !== 'Escape') return
    else if (value === '') event.currentTarget.blur()
    else onChange('')
    event.preventDefault()
  }
  return (
    <div className={`relative ${props.className ?? ''}`}>
      <div className="relative">
        <Filter
          aria-hidden="true"
          className="pointer-events-none absolute top-[calc((var(--control)-16px)/2)] left-2 text-muted"
          size={15}
        />
        <input
          {...completion.fieldProps}
          aria-describedby={problem === undefined ? undefined : problemId}
          aria-invalid={problem !== undefined}
          aria-label={label}
          className={`control w-full pr-7 pl-7 ${problem === undefined ? '' : 'border-bad'}`}
          onBlur={() => {
            completion.close()
            props.onBlur?.()
          }}
          onFocus={props.onFocus}
          onKeyDown={onKeyDown}
          placeholder={props.placeholder}
          ref={(element) => {
            input.current = element
            if (typeof props.ref === 'function') props.ref(element)
            else if (props.ref) props.ref.current = element
          }}
          spellCheck={false}
          title={props.title ?? value}
          type="text"
          value={value}
        />
        {problem?.position !== undefined && (
          <ProblemMark field={input} span={problemSpan(value, problem.position)} text={value} />
        )}
        <FieldEnd hint={props.hint} isEmpty={value === ''} label={label} onClear={() => onChange('')} />
      </div>
      {problem !== undefined && props.problemId === undefined && (
        <p className="mt-1 text-bad text-sm" id={problemId} role="alert">
          {problem.message} <span className="text-muted">{shownInstead(problem)}</span>
        </p>
      )}
      <QueryNotice>{props.notice}</QueryNotice>
      <CompletionList
        completion={completion}
        // What is said elsewhere, where the list may cover it.
        problem={props.problemId === undefined ? undefined : problem?.message}
      />
    </div>
  )
}
