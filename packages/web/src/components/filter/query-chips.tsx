import { type QueryLanguage, queryDepthMax } from '@lossline/protocol'
import { type KeyboardEvent, type ReactElement, type ReactNode, useMemo, useRef, useState } from 'react'
import { fromGroup, type QueryGroup, toGroup } from '../../view/filter/edit-query.ts'
import { type QueryProblem, shownInstead } from '../../view/filter/query-problem.ts'
import type { ChipContext } from './chip-context.ts'
import { ChipGroup } from './chip-group.tsx'
import { QueryNotice } from './query-notice.tsx'

/**
 * A query as chips. They are a toolbar: one of them has the focus of Tab, arrow keys go through them, Enter edits, Delete takes away.
 *
 * @param props.value - A text that the language can read.
 */
export function QueryChips(props: {
  readonly language: QueryLanguage
  readonly label: string
  readonly value: string
  readonly problem: QueryProblem | undefined
  /** What is worth knowing about it. */
  readonly notice?: ReactNode
  readonly onChange: (value: string) => void
  /** Opens what adds a condition. */
  readonly openRef: { current: (() => void) | null }
}): ReactElement {
  const { language, value, onChange } = props
  const toolbar = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState('')
  // Groups that nothing is in yet have no text: they are kept for as long as the text is the one they go with.
  const [kept, setKept] = useState<{ readonly text: string; readonly root: QueryGroup }>()
  const root = useMemo(
    () => (kept?.text === value ? kept.root : toGroup(language.parse(value))),
    [kept, value, language],
  )
  const change = (next: QueryGroup): void => {
    const query = fromGroup(next)
    const text = query === undefined ? '' : language.print(query)
    setKept({ text, root: next })
    if (text !== value) onChange(text)
  }
  const stops = (): HTMLElement[] => [...(toolbar.current?.querySelectorAll<HTMLElement>('[data-stop]') ?? [])]
  const focusAt = (index: number): void => {
    const all = stops()
    all[Math.max(0, Math.min(index, all.length - 1))]?.focus()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const all = stops()
    const at = all.indexOf(event.target as HTMLElement)
    // What is typed in a window of a chip is not for the chips.
    if (at < 0) return
    const steps: Readonly<Record<string, number>> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length }
    const to = steps[event.key]
    if (to === undefined) return
    focusAt(to)
    event.preventDefault()
  }
  const context: ChipContext = {
    language,
    root,
    change,
    remove: (next, stop) => {
      const index = stops().findIndex((element) => element.dataset.stop === stop)
      change(next)
      // After React has taken the chip away: the focus goes to the one that is there now.
      requestAnimationFrame(() => focusAt(Math.min(index, stops().length - 1)))
    },
    // Each level is one parenthesis or `not`, and there has to be room for a `not`.
    isDeep: (path) => path.length + 2 > queryDepthMax,
    stopOf: (path, part) => {
      const stop = [part, ...path].join('.')
      return {
        'data-stop': stop,
        tabIndex: stop === active || (active === '' && stop === 'add') ? 0 : -1,
      }
    },
  }
  return (
    <div className="min-w-0 flex-1">
      <div
        aria-label={props.label}
        aria-orientation="horizontal"
        className="flex min-h-7 flex-wrap items-center gap-1 rounded-md border border-line-strong bg-panel p-px"
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) setActive('')
        }}
        onFocus={({ target }) => {
          const { stop } = target.dataset
          if (stop !== undefined) setActive(stop)
        }}
        onKeyDown={onKeyDown}
        ref={toolbar}
        role="toolbar"
      >
        <ChipGroup context={context} group={root} openRef={props.openRef} path={[]} />
      </div>
      {props.problem !== undefined && (
        <p className="mt-1 text-bad text-sm" role="alert">
          {props.problem.message} <span className="text-muted">{shownInstead(props.problem)}</span>
        </p>
      )}
      <QueryNotice>{props.notice}</QueryNotice>
    </div>
  )
}
