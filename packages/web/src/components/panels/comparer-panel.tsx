import { type ReactElement, useMemo, useState } from 'react'
import { useComparedRuns } from '../../hooks/runs/use-compared-runs.ts'
import { useRunDetails } from '../../hooks/runs/use-run-details.ts'
import type { ComparerConfig } from '../../view/panels/comparer-panel.ts'
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
  const found = useRunDetails(context.address, ids)
  const compared = useComparedRuns(context.address, found.runs)
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
            address={context.address}
            baselineId={context.view.baseline}
            isDifferentOnly={isDifferentOnly}
            onBaseline={(runId) => context.store.update({ baseline: runId })}
            onDifferentOnly={setIsDifferentOnly}
            problem={compared.error?.message}
            runs={compared.runs}
          />
        ))}
    </PanelFrame>
  )
}
