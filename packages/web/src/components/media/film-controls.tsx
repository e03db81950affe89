import { ChevronLeft, ChevronRight, Pause, Play } from 'lucide-react'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import { formatSeconds, frameSeconds } from '../../view/media/film-time.ts'
import type { GifPlayer, Playable } from '../../view/media/gif/gif-player.ts'

/** Plays, stops and moves films together; by a frame too. */
export function FilmControls(props: {
  /** The one whose time is shown. */
  readonly lead: Playable
  readonly films: () => readonly Playable[]
  /** What the controls are called. Default: "Playback". */
  readonly label?: string
}): ReactElement {
  const { lead, films, label = 'Playback' } = props
  const [timeSeconds, setTimeSeconds] = useState(lead.currentTime)
  const [isPlaying, setIsPlaying] = useState(!lead.paused)
  const shownAt = useRef<number[]>([])
  useEffect(() => {
    const tell = (): void => {
      setTimeSeconds(lead.currentTime)
      setIsPlaying(!lead.paused)
    }
    const events = ['timeupdate', 'play', 'pause', 'seeked', 'loadedmetadata', 'ended'] as const
    for (const event of events) lead.addEventListener(event, tell)
    let request = 0
    // The times of frames tell how long one is; a film says it nowhere else.
    const note = (_: number, { mediaTime }: { readonly mediaTime: number }): void => {
      shownAt.current = [...shownAt.current.slice(-20), mediaTime]
      if (hasFrameCallbacks(lead)) request = lead.requestVideoFrameCallback(note)
    }
    if (hasFrameCallbacks(lead)) request = lead.requestVideoFrameCallback(note)
    return () => {
      for (const event of events) lead.removeEventListener(event, tell)
      if (hasFrameCallbacks(lead)) lead.cancelVideoFrameCallback(request)
    }
  }, [lead])
  const moveTo = (seconds: number): void => {
    for (const film of films()) film.currentTime = Math.min(Math.max(0, seconds), film.duration || 0)
    setTimeSeconds(seconds)
  }
  const step = (by: 1 | -1): void => {
    for (const film of films()) film.pause()
    moveTo(isGif(lead) ? lead.timeBeside(by) : lead.currentTime + by * frameSeconds(shownAt.current))
  }
  const play = (): void => {
    const time = lead.currentTime
    for (const film of films()) {
      film.currentTime = Math.min(time, film.duration || 0)
      // One that cannot play says so itself.
      if (isPlaying) film.pause()
      else film.play().catch(() => {})
    }
  }
  const duration = Number.isFinite(lead.duration) ? lead.duration : 0
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this groups controls.
    <div aria-label={label} className="flex items-center gap-1" role="group">
      <button aria-label={isPlaying ? 'Pause' : 'Play'} className="icon-button" onClick={play} type="button">
        {isPlaying ? <Pause size={16} /> : <Play size={16} />}
      </button>
      <button aria-label="Previous frame" className="icon-button" onClick={() => step(-1)} type="button">
        <ChevronLeft size={16} />
      </button>
      <button aria-label="Next frame" className="icon-button" onClick={() => step(1)} type="button">
        <ChevronRight size={16} />
      </button>
      <input
        aria-label="Time"
        aria-valuetext={`${formatSeconds(timeSeconds)} of ${formatSeconds(duration)}`}
        className="min-w-16 flex-1 accent-accent"
        max={duration}
        min={0}
        onChange={({ target }) => moveTo(Number(target.value))}
        step="any"
        type="range"
        value={Math.min(timeSeconds, duration)}
      />
      <span className="whitespace-nowrap text-muted text-sm">
        {formatSeconds(timeSeconds)} / {formatSeconds(duration)}
      </span>
    </div>
  )
}

/** Plays or stops one film; for where there is no room for more. */
export function PlayButton({ film }: { readonly film: Playable }): ReactElement {
  const [isPlaying, setIsPlaying] = useState(!film.paused)
  useEffect(() => {
    const tell = (): void => setIsPlaying(!film.paused)
    for (const event of ['play', 'pause']) film.addEventListener(event, tell)
    return () => {
      for (const event of ['play', 'pause']) film.removeEventListener(event, tell)
    }
  }, [film])
  return (
    <button
      aria-label={isPlaying ? 'Pause' : 'Play'}
      className="icon-button"
      onClick={() => (isPlaying ? film.pause() : film.play().catch(() => {}))}
      type="button"
    >
      {isPlaying ? <Pause size={14} /> : <Play size={14} />}
    </button>
  )
}

function isGif(film: Playable): film is GifPlayer {
  return 'timeBeside' in film
}

/** Not every browser tells of the frames of a film. */
function hasFrameCallbacks(film: Playable): film is HTMLVideoElement {
  return 'requestVideoFrameCallback' in film
}
