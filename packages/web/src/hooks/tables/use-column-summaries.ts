import type { TableColumnSummary, TableSelection, TableWindowResponse } from '@lossline/protocol'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { tableColumnsQuery } from '../../api/table-queries.ts'
import type { ShownColumn } from '../../view/tables/shown-columns.ts'
import { useSettled } from '../use-settled.ts'

/** Of fewer columns all are asked for at once. */
const columnsAtOnce = 50
const settleMs = 150

/** What the columns in sight are like, once the file is read to its end. Nothing is asked where none is in sight. */
export function useColumnSummaries(
  selection: TableSelection,
  first: TableWindowResponse,
  inSight: readonly ShownColumn[],
): ReadonlyMap<string, TableColumnSummary> {
  const isSmall = first.columns.length <= columnsAtOnce
  const wanted = isSmall ? first.columns.map(({ name }) => name) : inSight.map(({ key }) => key).sort()
  const text = useSettled(JSON.stringify(wanted), isSmall ? 0 : settleMs)
  const names = useMemo(() => JSON.parse(text) as readonly string[], [text])
  const { data } = useQuery({
    ...tableColumnsQuery(selection, names),
    enabled: first.isComplete && names.length > 0 && inSight.length > 0,
    placeholderData: keepPreviousData,
  })
  return useMemo(() => new Map((data?.columns ?? []).map((column) => [column.name, column])), [data])
}
