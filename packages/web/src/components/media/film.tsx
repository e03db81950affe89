import type { MediaItem } from '@lossline/protocol'
import { lazy, type ReactElement, Suspense, useState } from 'react'
import { useFilmGroup } from '../../hooks/media/use-film-group.ts'
import { FilmControls } from './film-controls.tsx'

const GifFilm = lazy(async () => ({ default: (await import('./gif-film.tsx')).GifFilm }))

/** A film, which starts silent and never by itself; animated pictures are films too. */
export function Film(props: { readonly item: MediaItem; readonly isSmall: boolean }): ReactElement {
  const { item, isSmall } = props
  const name = item.caption ?? item.name
  const size = isSmall ? 'h-16' : 'h-44'
  const [film, setFilm] = useState<HTMLVideoElement | null>(null)
  useFilmGroup(isSmall ? undefined : (film ?? undefined))
  if (/\.gif$/i.test(item.name)) {
    return (
      <Suspense fallback={<div aria-label={`Loading ${name}`} className={`skeleton ${size}`} role="img" />}>
        <GifFilm isSmall={isSmall} item={item} size={size} />
      </Suspense>
    )
  }
  return (
    <>
      <video
        aria-label={name}
        className={`${size} max-w-full`}
        controls={isSmall}
        loop
        muted
        preload="metadata"
        ref={setFilm}
        src={item.url}
      />
      {film && !isSmall && <FilmControls films={() => [film]} lead={film} />}
    </>
  )
}
