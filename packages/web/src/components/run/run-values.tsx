import type { RunDetail } from '@lossline/protocol'
import { type ReactElement, useMemo } from 'react'
import { toSummaryTree } from '../../view/run/summary-tree.ts'
import { JsonTree } from './json-tree.tsx'

type Values = Pick<RunDetail, 'summary' | 'config'>

/** What came of a run, and what it was given. */
export function RunValues(props: {
  readonly run: Values
  /** What it is compared with. */
  readonly baseline?: Values | undefined
  readonly isDifferentOnly?: boolean
}): ReactElement {
  const { run, baseline, isDifferentOnly = false } = props
  const summary = useMemo(() => toSummaryTree(run.summary), [run.summary])
  const before = useMemo(() => baseline && toSummaryTree(baseline.summary), [baseline])
  return (
    <>
      <JsonTree
        baseline={before}
        emptyText="No summary yet."
        isDifferentOnly={isDifferentOnly}
        title="Summary"
        value={summary}
        whole={run.summary}
      />
      <JsonTree
        baseline={baseline?.config}
        emptyText="This run has no config."
        isDifferentOnly={isDifferentOnly}
        title="Config"
        value={run.config}
      />
    </>
  )
}
