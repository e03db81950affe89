import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useEffect, useRef } from 'react'
import { spectrogramQuery, waveformQuery } from '../../api/waveform-query.ts'
import { sequentialChannels } from '../../view/chart/sequential-color.ts'
import { brightnessOf, hzTicks, type Spectrogram } from '../../view/media/spectrogram.ts'
import { formatNumber } from '../../view/text/format.ts'
import { SoundStrip } from './sound-strip.tsx'

/** How loud a sound is at which time and frequency; a click or drag goes to a time. The player beside it does the same by keyboard. */
export function SpectrogramView(props: {
  readonly url: string
  readonly name: string
  /** 0…1 of its duration. */
  readonly share: number
  readonly onSeek: (share: number) => void
  /** Down to how many decibels below full amplitude is shown. */
  readonly rangeDb: number
}): ReactElement | null {
  const { url, name, share, onSeek, rangeDb } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  const sound = useQuery(waveformQuery(url))
  const { data, error } = useQuery(spectrogramQuery(url, sound.data))
  useEffect(() => {
    if (canvas.current && data) paint(canvas.current, data, rangeDb)
  }, [data, rangeDb])
  // The waveform above says why the sound cannot be read.
  if (sound.error) return null
  if (error) return <p className="text-muted text-sm">Its spectrogram cannot be drawn: {error.message}</p>
  return (
    <SoundStrip height={112} onSeek={onSeek} share={share}>
      <canvas
        aria-label={data ? describe(name, data) : `Loading the spectrogram of ${name}`}
        className="absolute inset-0 h-full w-full bg-[#440154]"
        ref={canvas}
        role="img"
      />
      {data &&
        hzTicks(data).map(({ hz, height }) => (
          <span
            aria-hidden="true"
            className="pointer-events-none absolute left-0 translate-y-1/2 bg-black/65 px-1 text-white text-xs"
            key={hz}
            style={{ bottom: `${height * 100}%` }}
          >
            {hz < 1000 ? `${hz} Hz` : `${hz / 1000} kHz`}
          </span>
        ))}
    </SoundStrip>
  )
}

function describe(name: string, { lowHz, highHz, loudestHz }: Spectrogram): string {
  const round = (hz: number): string => formatNumber(Number(hz.toPrecision(2)))
  const loudest = loudestHz === undefined ? 'It is silent.' : `Loudest near ${round(loudestHz)} Hz.`
  return `Spectrogram of ${name}, ${round(lowHz)} to ${round(highHz)} Hz. ${loudest}`
}

function paint(canvas: HTMLCanvasElement, spectrogram: Spectrogram, rangeDb: number): void {
  const { columnCount, rowCount, levels } = spectrogram
  const pen = canvas.getContext('2d')
  if (!pen) return
  canvas.width = columnCount
  canvas.height = rowCount
  const colors = Array.from({ length: 256 }, (_, level) => sequentialChannels(brightnessOf(level, rangeDb)))
  const image = pen.createImageData(columnCount, rowCount)
  for (const [at, level] of levels.entries()) {
    image.data.set(colors[level]!, 4 * at)
    image.data[4 * at + 3] = 255
  }
  pen.putImageData(image, 0, 0)
}
