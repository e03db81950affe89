import type { MediaItem } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import { gifQuery } from '../../api/gif-query.ts'
import { useFilmGroup } from '../../hooks/media/use-film-group.ts'
import { useSeen } from '../../hooks/use-seen.ts'
import { createGifPlayer, type GifPlayer } from '../../view/media/gif/gif-player.ts'
import { FilmControls, PlayButton } from './film-controls.tsx'

/** Lower ones are enlarged, pixel by pixel. */
const smoothFrom = 176

/** An animated picture that stands still until it is played. Browsers offer neither a pause nor single frames for one. */
export function GifFilm(props: {
  readonly item: MediaItem
  /** Classes of the picture's size. */
  readonly size: string
  /** One button instead of all controls. */
  readonly isSmall?: boolean
  /** Controls are elsewhere, for several films: this one is told to them. */
  readonly onPlayer?: (player: GifPlayer | undefined) => void
}): ReactElement {
  const { item, size, isSmall = false, onPlayer } = props
  const name = item.caption ?? item.name
  const box = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const isSeen = useSeen(box)
  const { data: gif, error } = useQuery({ ...gifQuery(item.url), enabled: isSeen })
  const [player, setPlayer] = useState<GifPlayer>()
  const tell = useRef(onPlayer)
  tell.current = onPlayer
  useEffect(() => {
    const pen = canvas.current?.getContext('2d')
    if (!gif || !pen) return
    pen.canvas.width = gif.width
    pen.canvas.height = gif.height
    const made = createGifPlayer(gif, (pixels) => pen.putImageData(new ImageData(pixels, gif.width), 0, 0))
    // A single frame is a picture, which nothing plays.
    if (gif.frames.length === 1) return
    setPlayer(made)
    tell.current?.(made)
    return () => {
      made.pause()
      setPlayer(undefined)
      tell.current?.(undefined)
    }
  }, [gif])
  useFilmGroup(isSmall || onPlayer ? undefined : player)
  return (
    <div className="relative min-h-8 min-w-8" ref={box}>
      {error ? (
        <UnreadGif item={item} reason={error.message} size={size} />
      ) : (
        <canvas
          aria-label={name}
          className={`${size} max-w-full object-contain`}
          ref={canvas}
          role="img"
          style={{ imageRendering: gif && gif.height < smoothFrom ? 'pixelated' : undefined }}
        />
      )}
      {player && isSmall && (
        <span className="absolute bottom-0 left-0 rounded bg-panel">
          <PlayButton film={player} />
        </span>
      )}
      {player && !isSmall && !onPlayer && <FilmControls films={() => [player]} lead={player} />}
    </div>
  )
}

/** One that only the browser may be able to show, which plays it without end: not until somebody wants that. */
function UnreadGif(props: { readonly item: MediaItem; readonly reason: string; readonly size: string }): ReactElement {
  const { item, reason, size } = props
  const [isShown, setIsShown] = useState(false)
  return (
    <>
      {isShown && (
        <img alt={item.caption ?? item.name} className={`${size} max-w-full object-contain`} src={item.url} />
      )}
      <p className="text-muted text-sm">
        {reason}{' '}
        <button className="link-text" onClick={() => setIsShown(!isShown)} type="button">
          {isShown ? 'Hide it' : 'Show it as the browser does'}
        </button>
      </p>
    </>
  )
}
