import { useMemo } from 'react'
import { type LogRow, rowsAround } from '../../view/logs/log-rows.ts'
import type { LogState } from '../../view/logs/log-state.ts'
import type { FoundLines } from './use-line-search.ts'

/** Rows of the output where some lines are left out; undefined: every line is a row. */
export function useLogRows(
  { context }: LogState,
  filtered: FoundLines | undefined,
  hits: FoundLines | undefined,
  lineCount: number,
): readonly LogRow[] | undefined {
  const areHitsAlone = hits !== undefined && context !== undefined
  const lines = areHitsAlone ? hits.lines : filtered?.lines
  const around = areHitsAlone ? context : 0
  return useMemo(() => {
    const numbers = lines?.map(({ number }) => number)
    return numbers && rowsAround(numbers, around, lineCount)
  }, [lines, around, lineCount])
}
