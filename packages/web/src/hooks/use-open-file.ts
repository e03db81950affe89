import { useNavigate, useParams } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { SearchParams } from '../view/address/url-state.ts'
import type { FilesState } from '../view/files/files-state.ts'
import { keepRunSet } from '../view/run/run-set.ts'

type Place = 'entity' | 'project' | 'runId' | 'type' | 'name' | 'version' | '_splat'

/** The file that is open: the rest of the path. Of a version it may also be `f`, as it was once. */
export function useOpenFile(
  state: FilesState,
): readonly [open: string | undefined, setOpen: (name: string | undefined) => void] {
  const params = useParams({ strict: false }) as Partial<Record<Place, string>>
  const { entity, project, runId, type, name: collection, version, _splat: path } = params
  const navigate = useNavigate()
  const setOpen = useCallback(
    (name: string | undefined): void => {
      if (entity === undefined || project === undefined) return
      if (runId === undefined) {
        if (type === undefined || collection === undefined || version === undefined) return
        void navigate({
          to: '/$entity/$project/artifacts/$type/$name/$version/files/$',
          params: { entity, project, type, name: collection, version, _splat: name ?? '' },
          search: ((old: SearchParams) => (old.q ? { q: old.q } : {})) as never,
          resetScroll: false,
        })
        return
      }
      void navigate({
        to: '/$entity/$project/runs/$runId/files/$',
        params: { entity, project, runId, _splat: name ?? '' },
        search: ((old: SearchParams) => ({ ...keepRunSet(old), ...(old.q ? { q: old.q } : {}) })) as never,
        resetScroll: false,
      })
    },
    [entity, project, runId, type, collection, version, navigate],
  )
  return [path || state.open, setOpen]
}
