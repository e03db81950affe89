import type { QueryCompletion } from '@lossline/protocol'
import { type KeyboardEvent, type ReactElement, useState } from 'react'
import { useCompletion } from '../../hooks/use-completion.ts'
import { formatCount } from '../../view/text/format.ts'
import type { MetricsByName } from '../../view/workspace/automatic-panels.ts'
import { CompletionList } from '../controls/completion-list.tsx'
import { OrderedRows } from './ordered-rows.tsx'

/** So many are offered; typing more finds the others. */
const offeredCountMax = 40

/** Metrics in the order in which they are drawn, and a field to add one. */
export function MetricListField(props: {
  readonly names: readonly string[]
  readonly metrics: MetricsByName
  readonly onChange: (names: readonly string[]) => void
}): ReactElement {
  const { names, metrics, onChange } = props
  const [text, setText] = useState('')
  // Metrics of the machine have no steps: a chart is of the ones or the others.
  const stream = names.flatMap((name) => metrics.get(name)?.stream ?? [])[0]
  const wanted = text.trim().toLowerCase()
  const others = [...metrics].flatMap(([name, info]) =>
    (stream === undefined || info.stream === stream) && !names.includes(name) && name.toLowerCase().includes(wanted)
      ? [name]
      : [],
  )
  const add = (name: string): void => {
    setText('')
    onChange([...names, name])
  }
  const completion = useCompletion({
    value: text,
    complete: (typed) =>
      others
        .slice(0, offeredCountMax)
        .map((name): QueryCompletion => ({ text: name, detail: '', from: 0, to: typed.length })),
    onChange: setText,
    offersEmpty: true,
    onTake: ({ text: name }) => add(name),
  })
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (completion.takesKey(event) || event.key !== 'Enter') return
    event.preventDefault()
    // What was typed in full, else the only one that fits.
    const named = others.find((name) => name.toLowerCase() === wanted) ?? (others.length === 1 ? others[0] : undefined)
    if (named !== undefined) add(named)
  }
  return (
    <>
      <OrderedRows items={names} label="Metrics that are drawn" onChange={onChange}>
        {(name) => (
          <span className="flex h-6.5 items-center gap-2">
            <span className="truncate" title={name}>
              {name}
            </span>
            {!metrics.has(name) && <span className="shrink-0 text-muted text-sm">not logged here</span>}
          </span>
        )}
      </OrderedRows>
      <div className="relative">
        <input
          {...completion.fieldProps}
          aria-label="Add a metric"
          className="control w-full"
          onBlur={completion.close}
          onClick={completion.open}
          onKeyDown={onKeyDown}
          placeholder="Add a metric"
          ref={completion.input}
          spellCheck={false}
          type="text"
          value={text}
        />
        <CompletionList
          completion={completion}
          note={
            others.length > offeredCountMax
              ? `${offeredCountMax} of ${formatCount(others.length, 'metric')}. Type more to find the others.`
              : undefined
          }
        />
      </div>
      {wanted !== '' && others.length === 0 && (
        <p className="mt-1 text-muted text-sm" role="status">
          {names.some((name) => name.toLowerCase() === wanted)
            ? 'It is drawn already.'
            : `No run here has logged “${text.trim()}”.`}
        </p>
      )}
    </>
  )
}
