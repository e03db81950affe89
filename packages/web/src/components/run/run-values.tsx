import type { RunDetail } from '@lossline/protocol'
import type { ReactElement } from 'react'
import { toSummaryTree } from '../../view/run/summary-tree.ts'
import { JsonTree } from './json-tree.tsx'

/** What came of a run, and what it was given. */
export function RunValues({ run }: { readonly run: Pick<RunDetail, 'summary' | 'config'> }): ReactElement {
  return (
    <>
      <JsonTree emptyText="No summary yet." title="Summary" value={toSummaryTree(run.summary)} whole={run.summary} />
      <JsonTree emptyText="This run has no config." title="Config" value={run.config} />
    </>
  )
}
