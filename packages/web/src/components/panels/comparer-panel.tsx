import type { RunDetail, RunSummary } from '@lossline/protocol'
import { type ReactElement, useMemo, useState } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { useComparedRuns } from '../../hooks/runs/use-compared-runs.ts'
import { useRunDetails } from '../../hooks/runs/use-run-details.ts'
import type { ComparerConfig } from '../../view/panels/comparer-panel.ts'
import { runKeyOf } from '../../view/run/run-key.ts'
import { formatCount } from '../../view/text/format.ts'
import { RunComparison } from '../compare/run-comparison.tsx'
import { useFirstRuns } from './first-runs.tsx'
import { PanelFrame } from './panel-frame.tsx'
import { PanelMessage, panelWaiting } from './panel-message.tsx'
import type { PanelProps } from './panel-props.ts'

/** The first visible runs side by side; more on request. */
export function ComparerPanel({ config, panel, context, menu }: PanelProps<ComparerConfig>): ReactElement {
  const [runs, more] = useFirstRuns(context.runs)
  const [isDifferentOnly, setIsDifferentOnly] = useState(config.isDifferentOnly)
  const ids = useMemo(() => runs.map(({ runId }) => runId), [runs])
  const { address } = context
  const found = useRunDetails(address, ids)
  const drawn = useMemo(() => withLooksOf(found.runs, runs, address), [found.runs, runs, address])
  const compared = useComparedRuns(drawn)
  return (
    <PanelFrame
      menu={menu}
      note={more}
      summary={`Comparison of ${formatCount(found.runs.length, 'run')}.`}
      title={panel.title}
    >
      {panelWaiting(found, found.runs.length > 0, panel.title) ??
        (found.runs.length === 0 ? (
          <PanelMessage>No run is visible.</PanelMessage>
        ) : (
          <RunComparison
            address={address}
            baselineId={context.view.baseline}
            isDifferentOnly={isDifferentOnly}
            onBaseline={context.setBaseline ?? ((baseline) => context.store.update({ baseline }))}
            onDifferentOnly={setIsDifferentOnly}
            problem={compared.error?.message}
            runs={compared.runs}
          />
        ))}
    </PanelFrame>
  )
}

/** What is known of runs, in the looks that they have in the charts of the view. */
function withLooksOf(
  details: readonly RunDetail[],
  drawn: readonly RunSummary[],
  own: ProjectAddress,
): readonly RunDetail[] {
  const looks = new Map(drawn.map(({ runId, number, color }) => [runId, { number, color }]))
  return details.map((run) => ({ ...run, ...looks.get(runKeyOf(run, own)) }))
}
