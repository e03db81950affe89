import { type ReactElement, useMemo, useState } from 'react'
import { useRunDetails } from '../../hooks/use-run-details.ts'
import { formatCount } from '../../view/format.ts'
import type { ComparerConfig } from '../../view/panels/comparer-panel.ts'
import { RunComparison } from '../compare/run-comparison.tsx'
import { PanelFrame } from './panel-frame.tsx'
import { PanelMessage, panelWaiting } from './panel-message.tsx'
import type { PanelProps } from './panel-props.ts'

const runCountStep = 10

/** The first visible runs side by side; more on request. */
export function ComparerPanel({ config, panel, context, menu }: PanelProps<ComparerConfig>): ReactElement {
  const [runCountMax, setRunCountMax] = useState(runCountStep)
  const [isDifferentOnly, setIsDifferentOnly] = useState(config.isDifferentOnly)
  const ids = useMemo(() => context.runs.slice(0, runCountMax).map(({ runId }) => runId), [context.runs, runCountMax])
  const found = useRunDetails(context.address, ids)
  const restCount = context.runs.length - ids.length
  return (
    <PanelFrame
      menu={menu}
      note={
        restCount > 0 && (
          <button className="link-text" onClick={() => setRunCountMax(runCountMax + runCountStep)} type="button">
            {formatCount(restCount, 'more run')}
          </button>
        )
      }
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
            onDifferentOnly={setIsDifferentOnly}
            runs={found.runs}
          />
        ))}
    </PanelFrame>
  )
}
