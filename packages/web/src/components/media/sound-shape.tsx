import { lazy, type ReactElement, Suspense } from 'react'
import { useValue } from '../../hooks/use-store.ts'
import { soundShape, spectrogramRangesDb } from '../../view/media/sound-shape.ts'
import { Waveform } from './waveform.tsx'

const SpectrogramView = lazy(async () => ({ default: (await import('./spectrogram.tsx')).SpectrogramView }))

/** What a sound looks like: its waveform, and below it, unless somebody does not want it, its spectrogram. */
export function SoundShape(props: {
  readonly url: string
  readonly name: string
  /** 0…1 of its duration. */
  readonly share: number
  readonly onSeek: (share: number) => void
}): ReactElement {
  const { hasSpectrogram, rangeDb } = useValue(soundShape)
  return (
    <div className="grid gap-1">
      <Waveform onSeek={props.onSeek} share={props.share} url={props.url} />
      {hasSpectrogram && (
        <Suspense fallback={<div aria-hidden="true" className="h-28 rounded bg-hover" />}>
          <SpectrogramView {...props} rangeDb={rangeDb} />
        </Suspense>
      )}
    </div>
  )
}

/** Whether sounds have a spectrogram, and down to which level; for all sounds of the page. */
export function SoundShapeControls(): ReactElement {
  const shape = useValue(soundShape)
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      <label className="flex min-h-6 items-center gap-2">
        <input
          checked={shape.hasSpectrogram}
          className="size-4 accent-accent"
          onChange={({ target }) => soundShape.set({ ...shape, hasSpectrogram: target.checked })}
          type="checkbox"
        />
        Spectrogram
      </label>
      {shape.hasSpectrogram && (
        <label className="flex items-center gap-2 text-muted">
          Down to
          <select
            className="control h-6 py-0 text-text"
            onChange={({ target }) => soundShape.set({ ...shape, rangeDb: Number(target.value) })}
            value={shape.rangeDb}
          >
            {spectrogramRangesDb.map((rangeDb) => (
              <option key={rangeDb} value={rangeDb}>
                −{rangeDb} dB
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  )
}
