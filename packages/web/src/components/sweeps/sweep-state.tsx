import type { SweepStateName } from '@lossline/protocol'
import { Ban, Check, Clock } from 'lucide-react'
import type { ReactElement } from 'react'
import { sweepStateWords } from '../../view/sweeps/sweep-words.ts'

const colors = { live: 'text-live', good: 'text-good', waiting: 'text-waiting', quiet: 'text-muted' } as const

/** A sweep's state as a sign and a word. */
export function SweepState({ state }: { readonly state: SweepStateName }): ReactElement {
  const { text, tone } = sweepStateWords(state)
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap font-medium ${colors[tone]}`}>
      {tone === 'live' && <span aria-hidden="true" className="live-dot size-2 rounded-full bg-live" />}
      {tone === 'good' && <Check aria-hidden="true" size={14} />}
      {tone === 'waiting' && <Clock aria-hidden="true" size={14} />}
      {tone === 'quiet' && <Ban aria-hidden="true" size={14} />}
      {text}
    </span>
  )
}
