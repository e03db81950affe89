import { useNavigate, useParams } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { AddressStore } from '../view/address-store.ts'
import type { FilesState } from '../view/files-state.ts'
import { keepRunSet } from '../view/run/run-set.ts'
import type { SearchParams } from '../view/url-state.ts'

/** The file that is open: of a run it is the rest of the path, of a version it is `f`. */
export function useOpenFile(
  state: FilesState,
  store: AddressStore<FilesState>,
): readonly [open: string | undefined, setOpen: (name: string | undefined) => void] {
  const params = useParams({ strict: false }) as Partial<Record<'entity' | 'project' | 'runId' | '_splat', string>>
  const { entity, project, runId, _splat: path } = params
  const navigate = useNavigate()
  const setOpen = useCallback(
    (name: string | undefined): void => {
      if (entity === undefined || project === undefined || runId === undefined) {
        store.update({ open: name })
        return
      }
      void navigate({
        to: '/$entity/$project/runs/$runId/files/$',
        params: { entity, project, runId, _splat: name ?? '' },
        search: ((old: SearchParams) => ({ ...keepRunSet(old), ...(old.q ? { q: old.q } : {}) })) as never,
        resetScroll: false,
      })
    },
    [entity, project, runId, navigate, store],
  )
  return [path || state.open, setOpen]
}
