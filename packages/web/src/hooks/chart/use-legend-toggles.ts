import { useMemo, useState } from 'react'
import type { ChartLine } from '../../chart/chart-line.ts'
import type { RunStyle } from '../../view/chart/palette.ts'

/** A line that was hidden by its eye in a legend, which keeps its place there to bring it back. */
export interface HiddenLine {
  readonly runId: string
  readonly label: string
  readonly style: RunStyle
  /** The run, or those of a group. */
  readonly runIds: readonly string[]
}

/** The eyes of a legend. */
export interface LegendToggles {
  /** In the order in which they were hidden. */
  readonly hidden: readonly HiddenLine[]
  hide(line: ChartLine): void
  show(line: HiddenLine): void
}

/**
 * Hides runs by their lines, for all charts of the view, and remembers them until they are shown again.
 *
 * @param shownRunIds - Of all runs that are drawn.
 * @param membersOf - The runs of a group by the id of its line; undefined for a run.
 * @param setRunsShown - Undefined: what the page shows is not chosen by eye.
 */
export function useLegendToggles(
  shownRunIds: readonly string[],
  membersOf: (lineId: string) => readonly string[] | undefined,
  setRunsShown: ((runIds: readonly string[], isShown: boolean) => void) | undefined,
): LegendToggles | undefined {
  const [all, setAll] = useState<readonly HiddenLine[]>([])
  const hidden = useMemo(() => {
    const shown = new Set(shownRunIds)
    return all.filter(({ runIds }) => !runIds.some((runId) => shown.has(runId)))
  }, [all, shownRunIds])
  if (!setRunsShown) return undefined
  return {
    hidden,
    hide({ runId, label, style }) {
      const runIds = membersOf(runId) ?? [runId]
      setAll([...hidden.filter((line) => line.runId !== runId), { runId, label, style, runIds }])
      setRunsShown(runIds, false)
    },
    show({ runIds }) {
      setRunsShown(runIds, true)
    },
  }
}
