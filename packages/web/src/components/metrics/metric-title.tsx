import type { MetricWords } from '@lossline/protocol'
import { TrendingDown, TrendingUp } from 'lucide-react'
import { type ReactElement, type ReactNode, Suspense, useState } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { goalWords } from '../../view/workspace/metric-words.ts'
import { HoverNote } from '../controls/hover-note.tsx'
import { MetricDialog } from './lazy-metric-dialog.ts'

/** A metric whose title stands somewhere. */
export interface TitledMetric extends MetricWords {
  readonly key: string
  readonly title: string
}

/** The title of what shows a metric. Where somebody said what the metric tells, pointing at it or the focus shows that. */
export function MetricTitle(props: {
  readonly address: ProjectAddress
  readonly metric: TitledMetric
  readonly children: ReactNode
}): ReactElement {
  const { address, metric } = props
  const [isOpen, setIsOpen] = useState(false)
  if (metric.description === '') return <>{props.children}</>
  return (
    <>
      <HoverNote
        className="flex min-w-0 underline decoration-dotted decoration-line-strong underline-offset-4"
        note={metric.description}
        onClick={() => setIsOpen(true)}
      >
        {props.children}
      </HoverNote>
      {isOpen && (
        <Suspense>
          <MetricDialog address={address} metrics={[metric]} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  )
}

/** Which values are good, and the unit; beside a title. */
export function MetricMarks({ unit, goal }: Pick<MetricWords, 'unit' | 'goal'>): ReactElement {
  return (
    <>
      {goal !== null && (
        <span aria-label={goalWords(goal)} className="shrink-0 text-muted" role="img" title={goalWords(goal)}>
          {goal === 'minimize' ? <TrendingDown size={13} /> : <TrendingUp size={13} />}
        </span>
      )}
      {unit !== '' && (
        <span className="max-w-24 shrink-0 truncate text-muted" title={`Unit: ${unit}`}>
          <span className="sr-only">in </span>
          {unit}
        </span>
      )}
    </>
  )
}
