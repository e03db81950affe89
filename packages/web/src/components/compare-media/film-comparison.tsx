import type { MediaItem } from '@lossline/protocol'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import type { Playable } from '../../view/media/gif/gif-player.ts'
import { FilmControls } from '../media/film-controls.tsx'
import { GifFilm } from '../media/gif-film.tsx'

/** Films that play together: one row of controls for all. */
export function FilmComparison(props: {
  readonly files: readonly MediaItem[]
  readonly titles: readonly string[]
}): ReactElement {
  const { files, titles } = props
  const [films, setFilms] = useState<readonly (Playable | undefined)[]>([])
  const set = (index: number, film: Playable | undefined): void =>
    setFilms((before) => (before[index] === film ? before : files.map((_, at) => (at === index ? film : before[at]))))
  const present = films.filter((film) => film !== undefined)
  const [lead] = present
  return (
    <div className="flex flex-col gap-3">
      <ul className="grid grid-cols-[repeat(auto-fit,minmax(min(240px,100%),1fr))] gap-3">
        {files.map((file, index) => (
          <li className="min-w-0" key={titles[index]}>
            <p className="truncate pb-1">{titles[index]}</p>
            {/\.gif$/i.test(file.name) ? (
              <GifFilm item={file} onPlayer={(player) => set(index, player)} size="w-full" />
            ) : (
              <PlainFilm item={file} onFilm={(film) => set(index, film)} />
            )}
          </li>
        ))}
      </ul>
      {lead && <FilmControls films={() => present} lead={lead} />}
    </div>
  )
}

function PlainFilm(props: {
  readonly item: MediaItem
  readonly onFilm: (film: Playable | undefined) => void
}): ReactElement {
  const { item, onFilm } = props
  const film = useRef<HTMLVideoElement>(null)
  const tell = useRef(onFilm)
  tell.current = onFilm
  useEffect(() => {
    tell.current(film.current ?? undefined)
    return () => tell.current(undefined)
  }, [])
  return (
    <video
      aria-label={item.caption ?? item.name}
      className="w-full"
      loop
      muted
      preload="auto"
      ref={film}
      src={item.url}
    />
  )
}
