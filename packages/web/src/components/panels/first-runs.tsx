import type { RunSummary } from '@lossline/protocol'
import { type ReactElement, useMemo, useState } from 'react'
import { formatCount } from '../../view/text/format.ts'

const runCountStep = 10

/** The first runs of those that are visible, and a button for more of them, where there are more. */
export function useFirstRuns(
  all: readonly RunSummary[],
): readonly [runs: readonly RunSummary[], more: ReactElement | undefined] {
  const [countMax, setCountMax] = useState(runCountStep)
  const runs = useMemo(() => all.slice(0, countMax), [all, countMax])
  const restCount = all.length - runs.length
  const more = restCount > 0 && (
    <button className="link-text" onClick={() => setCountMax(countMax + runCountStep)} type="button">
      {formatCount(restCount, 'more run')}
    </button>
  )
  return [runs, more || undefined]
}
