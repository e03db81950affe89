import { useMemo, useState } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import type { RowEditing } from '../../components/runs/cell-editor.tsx'
import { useRefusal } from '../shell/use-refusal.ts'
import { useRunActions } from './use-run-actions.ts'

/** Names, tags and notes of runs, edited in their rows; undefined for whoever may not change them. */
export function useRowEditing(address: ProjectAddress): RowEditing | undefined {
  const actions = useRunActions(address)
  const [open, setOpen] = useState<RowEditing['open']>()
  const refusal = useRefusal()
  return useMemo(
    () =>
      refusal !== undefined
        ? undefined
        : {
            open,
            onOpen: (runId, field, isAtName = false) => setOpen({ runId, field, isAtName }),
            onClose: () => setOpen(undefined),
            onEdit: (runId, edit) => void actions.edit(runId, edit),
          },
    [refusal, open, actions],
  )
}
