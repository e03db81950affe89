import type { LogSearchQuery, RunDetail } from '@lossline/protocol'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { type LogRow, rowOfLine } from '../../view/logs/log-rows.ts'
import { hashOfLine, lineOfHash } from '../../view/logs/log-state.ts'
import { useLineSearch } from './use-line-search.ts'

/** Where the first traceback of a run that ended badly begins, in Python's and JavaScript's words. */
const traceback: LogSearchQuery = {
  text: '^(Traceback \\(most recent call last\\)|Uncaught |Unhandled rejection: |(\\w+\\.)*\\w*(Error|Exception): )',
  isPattern: true,
}

/** The line that the output is about, and where it stands. */
export interface LogPlace {
  /** The line that the address names behind `#`. */
  readonly marked: number | undefined
  /** Whenever it is another object, its row is brought into view. */
  readonly target: { readonly row: number } | undefined
  /** Names a line in the address, and brings it into view as soon as it has a row. */
  goTo(number: number): void
}

/**
 * Opens the output at the line of the address; of a run that ended badly, at its first traceback.
 *
 * @param rows - Where some lines are left out; undefined: every line is a row.
 */
export function useLogPlace(address: ProjectAddress, run: RunDetail, rows: readonly LogRow[] | undefined): LogPlace {
  const marked = lineOfHash(useLocation({ select: ({ hash }) => hash }))
  const navigate = useNavigate()
  const [opened] = useState(marked)
  const isBad = run.state === 'failed' || run.state === 'crashed'
  const query = opened === undefined && isBad ? traceback : undefined
  const found = useLineSearch(address, run.runId, query, run.logLineCount, 1)
  const first = opened ?? found?.lines[0]?.number
  const [wanted, setWanted] = useState<number>()
  const [target, setTarget] = useState<LogPlace['target']>()
  useEffect(() => setWanted(first), [first])
  const row = wanted === undefined || rows === undefined ? wanted : rowOfLine(rows, wanted)
  useEffect(() => {
    // Rows of lines that are searched for come one after the other.
    if (row === undefined) return
    setTarget({ row })
    setWanted(undefined)
  }, [row])
  return {
    marked,
    target,
    goTo(number) {
      void navigate({ to: '.', hash: hashOfLine(number), search: (old) => old, replace: true, resetScroll: false })
      setWanted(number)
    },
  }
}
