import { type ReactElement, useMemo } from 'react'
import { useRunValues } from '../../hooks/runs/use-run-numbers.ts'
import { shortKey } from '../../view/panels/axis-key.ts'
import type { PanelTable } from '../../view/panels/panel-table.ts'
import type { ScatterConfig } from '../../view/panels/scatter-panel.ts'
import { countBeyondEnds, type ScatterPoint, toScatterPoints } from '../../view/panels/scatter-points.ts'
import { formatCount } from '../../view/text/format.ts'
import { PanelFrame } from './panel-frame.tsx'
import { PanelMessage, panelWaiting } from './panel-message.tsx'
import type { PanelProps } from './panel-props.ts'
import { ScatterPlot } from './scatter-plot.tsx'

/** More points than anybody could tell apart, and few enough to draw at once. */
const pointCountMax = 2000

/** The visible runs as points by two of their values. */
export function ScatterPanel({ config, panel, context, menu }: PanelProps<ScatterConfig>): ReactElement {
  const { address, view } = context
  const { x, y, z } = config
  const runs = useMemo(() => context.runs.slice(0, pointCountMax), [context.runs])
  const keys = useMemo(() => (x.key && y.key ? [x.key, y.key, ...(z.key ? [z.key] : [])] : []), [x.key, y.key, z.key])
  const found = useRunValues(address, runs, keys)
  const { points, missingCount } = useMemo(
    () => toScatterPoints(runs, found.values, { x, y }),
    [runs, found.values, x, y],
  )
  const [xName, yName, zName] = [x, y, z].map(({ key }) => shortKey(key ?? '')) as [string, string, string]
  const beyondCount = countBeyondEnds(points, { x, y })
  const notes = [
    ...(runs.length < context.runs.length ? [`${runs.length} of ${formatCount(context.runs.length, 'run')}`] : []),
    ...(missingCount > 0 && points.length > 0 ? [`${formatCount(missingCount, 'run')} without both values`] : []),
    ...(beyondCount > 0 ? [`${formatCount(beyondCount, 'run')} beyond the axes`] : []),
  ]
  return (
    <PanelFrame
      menu={menu}
      note={notes.length > 0 ? notes.join(', ') : undefined}
      summary={`Scatter plot of ${yName} by ${xName}, ${formatCount(points.length, 'run')}.`}
      table={points.length > 0 ? toTable(points, [xName, yName, zName]) : undefined}
      title={panel.title}
    >
      {keys.length === 0 ? (
        <PanelMessage>Choose what the axes show in the settings of this panel.</PanelMessage>
      ) : (
        (panelWaiting(found, points.length > 0, panel.title) ??
        (points.length === 0 ? (
          <PanelMessage>
            No visible run has numbers for both {xName} and {yName}
            {(x.isLog || y.isLog) && ' above zero'}.
          </PanelMessage>
        ) : (
          <ScatterPlot
            address={address}
            baselineId={view.baseline}
            config={config}
            names={{ x: xName, y: yName, z: zName }}
            onSelect={context.onOnlyRuns ?? nothing}
            points={points}
          />
        )))
      )}
    </PanelFrame>
  )
}

function nothing(): void {}

function toTable(points: readonly ScatterPoint[], [x, y, z]: readonly [string, string, string]): PanelTable {
  return {
    columns: ['Run', x, y, ...(z === '' ? [] : [z])],
    rows: points.map((point) => [point.run.displayName, point.x, point.y, ...(z === '' ? [] : [point.z ?? ''])]),
  }
}
