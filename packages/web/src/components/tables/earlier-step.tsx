import type { ReactElement } from 'react'
import { stepNote } from '../../view/media/media-steps.ts'

/** Says that something is of another step than the one that was asked for, or that there is nothing yet (undefined). */
export function EarlierStep(props: {
  readonly step: number | undefined
  readonly asked: number | undefined
}): ReactElement | null {
  const { step, asked } = props
  if (asked === undefined || asked === step) return null
  return <span className="whitespace-nowrap text-muted text-sm">{stepNote(step, asked)}</span>
}
