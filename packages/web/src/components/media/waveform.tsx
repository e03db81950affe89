import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useEffect, useRef } from 'react'
import { waveformQuery } from '../../api/waveform-query.ts'
import { useElementSize } from '../../hooks/use-element-size.ts'
import { useTheme } from '../../hooks/use-store.ts'
import { waveformColumns } from '../../view/media/waveform.ts'
import { SoundStrip } from './sound-strip.tsx'

/** CSS pixels. */
const height = 56

/** The shape of a sound, and where it is; a click or drag goes there. The player beside it does the same by keyboard. */
export function Waveform(props: {
  readonly url: string
  /** 0…1 of its duration. */
  readonly share: number
  readonly onSeek: (share: number) => void
}): ReactElement {
  const { url, share, onSeek } = props
  const frame = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const { width } = useElementSize(frame)
  const theme = useTheme()
  const { data, error } = useQuery(waveformQuery(url))
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colour of the style changes with the theme.
  useEffect(() => {
    if (canvas.current && data && width > 0) paint(canvas.current, data.samples, width)
  }, [data, width, theme])
  if (error) return <p className="text-muted text-sm">Its shape cannot be drawn: {error.message}</p>
  return (
    <SoundStrip height={height} onSeek={onSeek} ref={frame} share={share}>
      <span aria-hidden="true">
        <canvas className="absolute inset-0 h-full w-full" ref={canvas} />
      </span>
    </SoundStrip>
  )
}

function paint(canvas: HTMLCanvasElement, samples: Float32Array, width: number): void {
  const ratio = devicePixelRatio
  canvas.width = Math.round(width * ratio)
  canvas.height = Math.round(height * ratio)
  const pen = canvas.getContext('2d')
  if (!pen) return
  pen.clearRect(0, 0, canvas.width, canvas.height)
  pen.fillStyle = getComputedStyle(canvas).getPropertyValue('--accent')
  const columns = waveformColumns(samples, canvas.width)
  const wide = canvas.width / Math.max(1, columns.length)
  const middle = canvas.height / 2
  for (const [column, [low, high]] of columns.entries()) {
    const top = middle - Math.min(1, high) * middle
    pen.fillRect(column * wide, top, Math.max(1, wide), Math.max(ratio, middle - Math.max(-1, low) * middle - top))
  }
}
