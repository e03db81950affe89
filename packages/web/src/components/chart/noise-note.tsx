import type { ReactElement } from 'react'
import { formatCount } from '../../view/text/format.ts'

/** Says beside the title of a chart that noisy lines stand as means before their pale range, and switches to every stroke and back. */
export function NoiseNote(props: {
  readonly noisyCount: number
  readonly drawsEveryStroke: boolean
  readonly onChange: (drawsEveryStroke: boolean) => void
}): ReactElement | null {
  const { noisyCount, drawsEveryStroke, onChange } = props
  if (noisyCount === 0) return null
  const lines = formatCount(noisyCount, 'line')
  const title = drawsEveryStroke
    ? `${lines} may cover others. Press to draw means with the range pale behind.`
    : `${lines} would cover others: over the pale values stands their mean. Press to draw every stroke.`
  return (
    <button
      aria-pressed={drawsEveryStroke}
      className="panel-note truncate rounded px-1 text-muted text-sm underline decoration-dotted hover:bg-hover hover:text-text"
      onClick={() => onChange(!drawsEveryStroke)}
      title={title}
      type="button"
    >
      {drawsEveryStroke ? 'every stroke' : 'means of 6 px, range behind'}
    </button>
  )
}
