import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { runKeysQuery } from '../../api/queries.ts'
import { allColumns } from '../../view/runs/table-columns.ts'
import { GroupBySelect } from '../runs/group-by-select.tsx'
import type { GroupButtonProps } from './group-button.tsx'

/** The keys that runs are put together by, of those that there are. */
export function GroupKeys({ address, view, store }: GroupButtonProps): ReactElement {
  const keys = useQuery(runKeysQuery(address))
  return (
    <GroupBySelect
      columns={allColumns(keys.data?.keys ?? [])}
      groupBy={view.groupBy}
      onChange={(groupBy) => store.update({ groupBy })}
    />
  )
}
