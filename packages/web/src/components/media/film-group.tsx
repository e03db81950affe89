import { type ReactElement, type ReactNode, useCallback, useState } from 'react'
import { FilmGroupContext } from '../../hooks/media/use-film-group.ts'
import type { Playable } from '../../view/media/gif/gif-player.ts'
import { FilmControls } from './film-controls.tsx'

/** Films that can be played together: above them one row of controls for all, where there are several. */
export function FilmGroup({ children }: { readonly children: ReactNode }): ReactElement {
  const [films, setFilms] = useState<readonly Playable[]>([])
  const add = useCallback((film: Playable) => {
    setFilms((before) => [...before, film])
    return () => setFilms((before) => before.filter((one) => one !== film))
  }, [])
  const [lead] = films
  return (
    <FilmGroupContext value={add}>
      {lead && films.length > 1 && (
        <div className="flex flex-wrap items-center gap-2 text-sm">
          <span className="text-muted">All films</span>
          <div className="min-w-48 max-w-96 flex-1">
            <FilmControls films={() => films} label="Playback of all films" lead={lead} />
          </div>
        </div>
      )}
      {children}
    </FilmGroupContext>
  )
}
