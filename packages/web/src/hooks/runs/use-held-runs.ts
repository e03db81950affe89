import { useMemo, useRef, useState } from 'react'
import { holdRuns, type LoadedRuns } from '../../view/runs/held-runs.ts'
import type { RunsState } from './use-runs.ts'

/** The runs of a list as somebody sees it. */
export interface HeldRuns {
  readonly total: RunsState['total']
  readonly runs: RunsState['runs']
  /** Runs that have come since somebody began to look. */
  readonly newCount: number
  /** Puts them in. */
  readonly letIn: () => void
}

/**
 * A list that keeps still while somebody is at work in it.
 *
 * @param options.isHeld - Somebody is.
 * @param options.of - What was asked for: another filter or order is shown at once. Undefined: that is not there yet.
 */
export function useHeldRuns(
  { total, runs }: Pick<RunsState, 'total' | 'runs'>,
  { isHeld, of }: { readonly isHeld: boolean; readonly of: string | undefined },
): HeldRuns {
  const [turn, setTurn] = useState(0)
  const key = `${turn} ${of}`
  const held = useRef<{ readonly key: string; readonly list: LoadedRuns<NonNullable<RunsState['runs'][number]>> }>(
    undefined,
  )
  const seen = useMemo(() => {
    if (total === undefined || of === undefined) {
      held.current = undefined
      return { total, runs, newCount: 0 }
    }
    const now = { total, runs }
    const before = isHeld && held.current?.key === key ? held.current.list : undefined
    const seen = before === undefined ? { ...now, newCount: 0 } : holdRuns(before, now)
    held.current = { key, list: seen }
    return seen
  }, [total, runs, isHeld, of, key])
  return { ...seen, letIn: () => setTurn(turn + 1) }
}
