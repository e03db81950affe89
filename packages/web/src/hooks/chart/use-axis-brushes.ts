import { useEffect, useRef, useState } from 'react'
import { type Brush, isChosen, type ParallelLine } from '../../view/panels/parallel-lines.ts'

/** Runs that are chosen for several charts. */
export interface SharedChoice {
  /** Undefined: nobody has chosen any. */
  readonly runIds: ReadonlySet<string> | undefined
  /** Undefined: all of them. */
  readonly choose: (runIds: readonly string[] | undefined) => void
}

/** The chosen parts of parallel axes. */
export interface AxisBrushes {
  /** By the number of the axis. */
  readonly brushes: ReadonlyMap<number, Brush>
  /** Lines that count as chosen now. */
  readonly chosen: readonly ParallelLine[]
  set(index: number, brush: Brush | undefined): void
  /** Tells the other charts: a drag has come to its end. */
  share(): void
  clear(): void
}

/**
 * Parts of axes, and the runs that go through them. With a choice that several charts share they make it when they are told to, and
 * are gone when another chart has made another.
 */
export function useAxisBrushes(lines: readonly ParallelLine[], choice: SharedChoice | undefined): AxisBrushes {
  const [brushes, setBrushes] = useState<ReadonlyMap<number, Brush>>(noBrushes)
  const latest = useRef(brushes)
  /** Whether the parts say something else than the choice that is shared: somebody drags. */
  const isAhead = useRef(false)
  const own = useRef<ReadonlySet<string>>(undefined)
  const put = (next: ReadonlyMap<number, Brush>): void => {
    latest.current = next
    setBrushes(next)
  }
  const through = (parts: ReadonlyMap<number, Brush>) => lines.filter((line) => isChosen(line, parts))
  const shared = choice?.runIds
  useEffect(() => {
    if (isSame(shared, own.current)) return
    own.current = undefined
    latest.current = noBrushes
    setBrushes(noBrushes)
  }, [shared])
  const share = (): void => {
    if (!isAhead.current) return
    isAhead.current = false
    const parts = latest.current
    const runIds = parts.size === 0 ? undefined : through(parts).map(({ run }) => run.runId)
    own.current = runIds && new Set(runIds)
    choice?.choose(runIds)
  }
  return {
    brushes,
    chosen:
      isAhead.current || shared === undefined ? through(brushes) : lines.filter(({ run }) => shared.has(run.runId)),
    set(index, brush) {
      if (brush === undefined && !latest.current.has(index)) return
      const next = new Map(latest.current)
      if (brush === undefined) next.delete(index)
      else next.set(index, brush)
      isAhead.current = choice !== undefined
      put(next)
    },
    share,
    clear: () => put(noBrushes),
  }
}

function isSame(a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.size === b.size && [...a].every((id) => b.has(id)))
}

const noBrushes: ReadonlyMap<number, Brush> = new Map()
