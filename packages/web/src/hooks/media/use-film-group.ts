import { createContext, useContext, useEffect } from 'react'
import type { Playable } from '../../view/media/gif/gif-player.ts'

/** Takes a film into those that play together; what comes back takes it out again. */
export type AddFilm = (film: Playable) => () => void

/** Undefined: the films below play each by itself. */
export const FilmGroupContext = createContext<AddFilm | undefined>(undefined)

/** Lets a film play together with those around it, as long as it is there. */
export function useFilmGroup(film: Playable | undefined): void {
  const add = useContext(FilmGroupContext)
  useEffect(() => (film === undefined ? undefined : add?.(film)), [add, film])
}
