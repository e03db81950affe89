import { completeQuery, type QueryLanguage, RunQuerySyntaxError } from '@lossline/protocol'
import { Tags, TextCursorInput } from 'lucide-react'
import {
  lazy,
  type ReactElement,
  type ReactNode,
  type Ref,
  Suspense,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useGrowingField } from '../../hooks/use-growing-field.ts'
import { useKeptChoice } from '../../hooks/use-kept-choice.ts'
import { leaveFocus } from '../../view/browser/leave-focus.ts'
import type { QueryProblem } from '../../view/filter/query-problem.ts'
import { IconButton } from '../controls/icon-button.tsx'
import { QueryField } from './query-field.tsx'

const QueryChips = lazy(() => import('./query-chips.tsx').then((module) => ({ default: module.QueryChips })))

/** Lets a shortcut lead to a filter. */
export interface FilterBarHandle {
  /** To its text, or to what adds a chip. */
  focus(): void
}

/** A filter as a text or as chips, which are the same query. */
export interface FilterBarProps {
  readonly language: QueryLanguage
  readonly label: string
  readonly placeholder: string
  readonly title?: string | undefined
  readonly value: string
  readonly problem: QueryProblem | undefined
  /** What is worth knowing about a query that is correct. */
  readonly notice?: ReactNode
  /** Default: the bar says what is wrong. */
  readonly problemId?: string | undefined
  /** The key that leads here. */
  readonly hint?: string
  readonly onChange: (value: string) => void
  /** As in `QueryField`. */
  readonly onLeave?: (() => void) | undefined
  /** While somebody writes the text, the bar covers what is at its right as far as that needs it. Default: it keeps its width. */
  readonly grows?: boolean
  /** Somebody begins to write the text, or has left it. */
  readonly onWriting?: (isWriting: boolean) => void
  /** Somebody is about to write: what is known of values is wanted. */
  readonly onWanted?: () => void
  readonly ref?: Ref<FilterBarHandle>
  readonly className?: string
}

/** Says which runs or rows are wanted: in words of the query language, or by chips. What was used last is used again. */
export function FilterBar(props: FilterBarProps): ReactElement {
  const { language, value, label, problem } = props
  const [form, setForm] = useKeptChoice('filter-form', ['text', 'chips'])
  const field = useRef<HTMLInputElement>(null)
  const openChips = useRef<(() => void) | null>(null)
  useImperativeHandle(props.ref, () => ({
    focus: () => {
      if (field.current) field.current.focus()
      else openChips.current?.()
    },
  }))
  const isReadable = useMemo(() => canBeRead(value, language), [value, language])
  const [isWriting, setIsWriting] = useState(false)
  const write = (isWriting: boolean): void => {
    setIsWriting(isWriting)
    props.onWriting?.(isWriting)
  }
  const frame = useGrowingField(field, value, props.grows === true && isWriting)
  // A text that chips cannot show is corrected as a text, and no letter of it takes the field away.
  const isChips = form === 'chips' && isReadable && !isWriting
  const other = form === 'chips' ? 'text' : 'chips'
  return (
    <div
      className={`flex min-w-0 items-start gap-1 ${props.className ?? ''}`}
      onFocusCapture={props.onWanted}
      onPointerEnter={props.onWanted}
      ref={frame}
    >
      <div className="min-w-0 flex-1">
        {isChips ? (
          <Suspense fallback={<div className="control" />}>
            <QueryChips
              label={label}
              language={language}
              onChange={props.onChange}
              openRef={openChips}
              notice={props.notice}
              problem={props.problemId === undefined ? problem : undefined}
              value={value}
            />
          </Suspense>
        ) : (
          <QueryField
            complete={(text, cursor) => completeQuery(text, cursor, language)}
            label={label}
            onBlur={() => write(false)}
            onChange={props.onChange}
            onFocus={() => write(true)}
            onLeave={props.onLeave}
            placeholder={props.placeholder}
            notice={props.notice}
            problem={problem}
            problemId={props.problemId}
            ref={field}
            title={props.title}
            value={value}
            {...(props.hint !== undefined && { hint: props.hint })}
          />
        )}
      </div>
      <IconButton
        className="mt-px"
        // A bar that has grown would shrink under the pointer.
        keepsFocus
        label={`${label}: ${other === 'chips' ? 'show as chips' : 'write as text'}`}
        onClick={() => {
          setForm(other)
          if (isWriting) leaveFocus()
        }}
        title={
          form === 'chips' && !isReadable
            ? 'Chips come back when the text is correct. Write as text'
            : other === 'chips'
              ? 'Show the filter as chips'
              : 'Write the filter as text'
        }
      >
        {other === 'chips' ? <Tags size={15} /> : <TextCursorInput size={15} />}
      </IconButton>
    </div>
  )
}

function canBeRead(text: string, language: QueryLanguage): boolean {
  try {
    language.parse(text)
    return true
  } catch (error) {
    if (error instanceof RunQuerySyntaxError) return false
    throw error
  }
}
