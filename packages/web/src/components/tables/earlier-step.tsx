import type { ReactElement } from 'react'
import { isAt, type KeySteps, stepNote, stepOf } from '../../view/media/media-steps.ts'

/** Says that something is of another step than the one that was asked for, or that there is nothing yet. */
export function EarlierStep(props: {
  readonly media: KeySteps
  readonly asked: number | undefined
}): ReactElement | null {
  const { media, asked } = props
  if (isAt(media, asked)) return null
  return <span className="whitespace-nowrap text-muted text-sm">{stepNote(stepOf(media, asked), asked, media)}</span>
}
