import type { RunGroup } from '@lossline/protocol'
import { useRef, useState } from 'react'

/** What can be done with rows of a table of runs. */
export interface TableRowActions {
  select(index: number, isRange: boolean): void
  preview(index: number): void
  toggle(runId: string): void
  baseline(runId: string): void
  pin(runId: string): void
  only(runId: string): void
  toggleGroup(groupId: string): void
  showGroup(group: RunGroup, isShown: boolean): void
}

/** The same object for as long as the table is there, which does what the latest one would: rows see no change in it. */
export function useRowActions(actions: TableRowActions): TableRowActions {
  const latest = useRef(actions)
  latest.current = actions
  return useState(
    (): TableRowActions => ({
      select: (index, isRange) => latest.current.select(index, isRange),
      preview: (index) => latest.current.preview(index),
      toggle: (runId) => latest.current.toggle(runId),
      baseline: (runId) => latest.current.baseline(runId),
      pin: (runId) => latest.current.pin(runId),
      only: (runId) => latest.current.only(runId),
      toggleGroup: (groupId) => latest.current.toggleGroup(groupId),
      showGroup: (group, isShown) => latest.current.showGroup(group, isShown),
    }),
  )[0]
}
