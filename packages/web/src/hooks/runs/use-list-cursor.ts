import { type RefObject, useRef, useState } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import type { RunsListActions } from '../../components/runs/runs-list-row.tsx'
import { useServices } from '../../services.ts'
import { leaveFocus } from '../../view/browser/leave-focus.ts'
import { howToCompare } from '../../view/compare/how-to-compare.ts'
import type { RowSelection } from '../../view/runs/row-selection.ts'
import { keyOfRow, type TableRows } from '../../view/runs/table-rows.ts'
import { useShortcut } from '../use-store.ts'
import type { ListGroups } from '../workspace/use-list-groups.ts'
import { useFocusFollows } from './use-focus-follows.ts'
import { type MeantRow, useMeantRow } from './use-meant-row.ts'
import { type RunKeyActions, useRunKeys } from './use-run-keys.ts'

/** Which row of the list is meant, and what can be done with it. */
export interface ListCursor
  extends Pick<MeantRow, 'current' | 'move' | 'onPointerMove' | 'previewed' | 'closePreview'> {
  /** Comes from the filter to the first run that it finds. */
  readonly enter: () => void
  /** The same object for as long as the list is there. */
  readonly actions: RunsListActions
}

/** Lets keys, pointer and focus agree on a row of the list of runs. */
export function useListCursor(
  address: ProjectAddress,
  rows: TableRows,
  options: {
    readonly groups: ListGroups | undefined
    readonly scroller: RefObject<HTMLElement | null>
    readonly marked: RowSelection
    readonly onMark: (marked: RowSelection) => void
    readonly reveal: (index: number) => void
    readonly onRun: Pick<RunKeyActions, 'onToggle' | 'onOnly' | 'onBaseline' | 'onPin'>
  },
): ListCursor {
  const { groups, scroller, marked, onMark, reveal, onRun } = options
  const { toasts } = useServices()
  const [entries, setEntries] = useState(0)
  const meant = useMeantRow(rows, {
    selection: marked,
    onSelect: onMark,
    reveal,
    scroller,
    pointed: { attribute: 'aria-posinset', first: 1 },
  })
  const latest = useRef({ onRun, meant })
  latest.current = { onRun, meant }
  const [actions] = useState(
    (): RunsListActions => ({
      focus: (index) => latest.current.meant.setCurrent(index),
      preview: (index) => latest.current.meant.preview(index),
      toggle: (runId) => latest.current.onRun.onToggle(runId),
      only: (runId) => latest.current.onRun.onOnly(runId),
      pin: (runId) => latest.current.onRun.onPin(runId),
    }),
  )
  useRunKeys(address, meant.run, {
    ...onRun,
    onMove: meant.move,
    onSelect: meant.select,
    onPreview: () => meant.preview(),
  })
  useShortcut('toggle-eye', () => {
    const row = meant.row()
    if (row?.kind !== 'group' || !groups) return false
    groups.show(row.group, groups.inCharts(row.group).drawnCount < row.group.runCount)
  })
  useShortcut('compare-runs', () => toasts.show(howToCompare))
  const { currentRow } = meant
  useFocusFollows(scroller, currentRow && keyOfRow(currentRow), entries)
  return {
    ...meant,
    actions,
    enter() {
      leaveFocus()
      meant.forgetPointer()
      meant.setCurrent(0)
      reveal(0)
      setEntries(entries + 1)
    },
  }
}
