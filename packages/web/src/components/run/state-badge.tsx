import type { RunSummary } from '@lossline/protocol'
import { Ban, Check, CircleAlert, Clock } from 'lucide-react'
import type { ReactElement } from 'react'
import { type StateLabel, stateLabel } from '../../view/run/run-state.ts'

const colors: Readonly<Record<StateLabel['tone'], string>> = {
  live: 'text-live',
  good: 'text-good',
  bad: 'text-bad',
  waiting: 'text-waiting',
  quiet: 'text-muted',
}

/** A run's state as a sign, with its word for those who ask. */
export function StateIcon({ state }: { readonly state: RunSummary['state'] }): ReactElement {
  const { text, tone } = stateLabel(state)
  return (
    <span className={`flex size-3.5 shrink-0 items-center justify-center ${colors[tone]}`} title={text}>
      <Sign tone={tone} />
      <span className="sr-only">{text}</span>
    </span>
  )
}

/** A run's state as a sign and a word. */
export function StateBadge({ state }: { readonly state: RunSummary['state'] }): ReactElement {
  const { text, tone } = stateLabel(state)
  return (
    <span className={`inline-flex items-center gap-1.5 font-medium ${colors[tone]}`}>
      <Sign tone={tone} />
      {text}
    </span>
  )
}

function Sign({ tone }: { readonly tone: StateLabel['tone'] }): ReactElement {
  switch (tone) {
    case 'live':
      return <span aria-hidden="true" className="live-dot size-2 rounded-full bg-live" />
    case 'good':
      return <Check aria-hidden="true" size={14} />
    case 'bad':
      return <CircleAlert aria-hidden="true" size={14} />
    case 'waiting':
      return <Clock aria-hidden="true" size={14} />
    case 'quiet':
      return <Ban aria-hidden="true" size={14} />
  }
}
