import { useLayoutEffect } from 'react'
import { type ListGroups, useListGroups } from '../../hooks/workspace/use-list-groups.ts'
import type { WorkspacePage } from '../../hooks/workspace/use-workspace-page.ts'

/** Puts the runs of the list together, once somebody groups them. Shows nothing. */
export function LoadListGroups(props: {
  readonly page: WorkspacePage
  readonly onGroups: (groups: ListGroups | undefined) => void
}): null {
  const { page, onGroups } = props
  const groups = useListGroups(page)
  useLayoutEffect(() => onGroups(groups), [groups, onGroups])
  return null
}
