import type { MediaItem } from '@lossline/protocol'
import { Pause, Play } from 'lucide-react'
import { type ReactElement, useRef, useState } from 'react'
import { formatSeconds } from '../../view/media/film-time.ts'
import { SoundShape, SoundShapeControls } from '../media/sound-shape.tsx'

/** Sounds at one time: one is heard, and another can take over where it is. */
export function SoundComparison(props: {
  readonly files: readonly MediaItem[]
  readonly titles: readonly string[]
}): ReactElement {
  const { files, titles } = props
  const players = useRef<(HTMLAudioElement | null)[]>([])
  const [heard, setHeard] = useState(0)
  const [timeSeconds, setTimeSeconds] = useState(0)
  const [isPlaying, setIsPlaying] = useState(false)
  // How long each is, is known when it is loaded.
  const [, setLoadedCount] = useState(0)
  const durations = players.current.map((player) => (player && Number.isFinite(player.duration) ? player.duration : 0))
  const longest = Math.max(0, ...durations)
  const moveTo = (seconds: number): void => {
    for (const player of players.current) if (player) player.currentTime = seconds
    setTimeSeconds(seconds)
  }
  const play = (index: number): void => {
    const isStopping = isPlaying && index === heard
    for (const player of players.current) player?.pause()
    setHeard(index)
    setIsPlaying(!isStopping)
    if (isStopping) return
    const player = players.current[index]
    if (!player) return
    player.currentTime = timeSeconds
    player.play().catch(() => setIsPlaying(false))
  }
  return (
    <div className="flex flex-col gap-3">
      <SoundShapeControls />
      <ul className="flex flex-col gap-3">
        {files.map((file, index) => (
          <li key={titles[index]}>
            <p className="flex items-center gap-2 pb-1">
              <button
                aria-label={`${isPlaying && heard === index ? 'Pause' : 'Play'} ${titles[index]}`}
                aria-pressed={heard === index}
                className="icon-button"
                onClick={() => play(index)}
                type="button"
              >
                {isPlaying && heard === index ? <Pause size={16} /> : <Play size={16} />}
              </button>
              <span className="min-w-0 truncate">{titles[index]}</span>
            </p>
            <SoundShape
              name={titles[index]!}
              onSeek={(share) => moveTo(share * (durations[index] || 0))}
              share={durations[index] ? Math.min(1, timeSeconds / durations[index]) : 0}
              url={file.url}
            />
            {/* biome-ignore lint/a11y/useMediaCaption: a sound that a run logged has no transcript. */}
            <audio
              onEnded={() => setIsPlaying(false)}
              onLoadedMetadata={() => setLoadedCount((count) => count + 1)}
              onTimeUpdate={({ currentTarget }) => index === heard && setTimeSeconds(currentTarget.currentTime)}
              preload="metadata"
              ref={(element) => {
                players.current[index] = element
              }}
              src={file.url}
            />
          </li>
        ))}
      </ul>
      <label className="flex items-center gap-2">
        Time
        <input
          aria-valuetext={formatSeconds(timeSeconds)}
          className="min-w-16 flex-1 accent-accent"
          max={longest || 1}
          min={0}
          onChange={({ target }) => moveTo(Number(target.value))}
          step="any"
          type="range"
          value={Math.min(timeSeconds, longest || 1)}
        />
        <span className="whitespace-nowrap text-muted text-sm">{formatSeconds(timeSeconds)}</span>
      </label>
    </div>
  )
}
