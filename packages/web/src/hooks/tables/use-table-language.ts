import {
  type QueryLanguage,
  type TableColumnSummary,
  type TableColumnValues,
  type TableSelection,
  type TableWindowResponse,
  tableQueryLanguage,
} from '@lossline/protocol'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { tableColumnsQuery } from '../../api/table-queries.ts'
import { useSame } from '../use-same.ts'

/** Of more columns only those are described that the filter names. */
const columnsAtOnce = 50
/** The server cuts what is as long as this: such a text is no value to compare with. */
const cutLength = 200

/** The language of filters of a table, which knows its columns, and their values once somebody is about to write one. */
export function useTableLanguage(
  { tables, combine, computed }: TableSelection,
  first: TableWindowResponse | undefined,
  filter: string,
): { readonly language: QueryLanguage; readonly onWanted: () => void } {
  const [isWanted, setIsWanted] = useState(false)
  const columns = useSame(first?.columns ?? [])
  const names = useMemo(() => {
    const all = columns.map(({ name }) => name)
    return all.length > columnsAtOnce ? all.filter((name) => filter.includes(name)).slice(0, columnsAtOnce) : all
  }, [columns, filter])
  const selection: TableSelection = { tables, ...(combine && { combine }), ...(computed && { computed }) }
  const { data } = useQuery({
    ...tableColumnsQuery(selection, names),
    enabled: isWanted && first?.isComplete === true && names.length > 0,
    placeholderData: keepPreviousData,
  })
  const language = useMemo(() => {
    const known = new Map((data?.columns ?? []).map((column) => [column.name, toValues(column)]))
    return tableQueryLanguage(columns, (name) => known.get(name))
  }, [columns, data])
  return { language, onWanted: useCallback(() => setIsWanted(true), []) }
}

function toValues({ numbers, values }: TableColumnSummary): TableColumnValues {
  const texts = (values?.top ?? []).map(({ text }) => text).filter((text) => text.length < cutLength)
  return { min: numbers?.min ?? null, max: numbers?.max ?? null, values: texts }
}
