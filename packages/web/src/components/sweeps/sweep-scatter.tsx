import type { SweepDetail, SweepMetricInfo } from '@lossline/protocol'
import { type ReactElement, useMemo, useState } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { useChosenRuns } from '../../hooks/sweeps/use-chosen-runs.ts'
import { useSweepAxis } from '../../hooks/sweeps/use-sweep-axis.ts'
import { useSweepImportance } from '../../hooks/sweeps/use-sweep-importance.ts'
import { useSweepRuns } from '../../hooks/sweeps/use-sweep-runs.ts'
import { useAddress } from '../../hooks/use-address.ts'
import { useHeld, usePointerHold } from '../../hooks/use-pointer-hold.ts'
import { useTheme } from '../../hooks/use-store.ts'
import type { Range } from '../../view/address/url-state.ts'
import { sequentialMarkColor } from '../../view/chart/sequential-color.ts'
import type { Brush } from '../../view/panels/parallel-lines.ts'
import { chosenPoints, type ScatterPoint } from '../../view/panels/scatter-points.ts'
import { markOf, type SweepPoint } from '../../view/sweeps/best-so-far.ts'
import { sweepScatterTable, toSweepScatter } from '../../view/sweeps/sweep-scatter.ts'
import { type SweepColoring, sweepViewCodec } from '../../view/sweeps/sweep-view.ts'
import { formatCount } from '../../view/text/format.ts'
import { ChartSection } from '../chart/chart-section.tsx'
import { BrushFields } from '../panels/brush-fields.tsx'
import { ColorScale } from '../panels/color-scale.tsx'
import { PanelMessage } from '../panels/panel-message.tsx'
import { ScatterPlot } from '../panels/scatter-plot.tsx'
import { BeyondAxis } from './beyond-axis.tsx'
import { BestRing, beyondOf, MarkLegend, RunMark } from './run-mark.tsx'

/** The metric of a sweep's runs against one of its parameters, first the one that it is owed to most. */
export function SweepScatter(props: {
  readonly address: ProjectAddress
  readonly sweep: SweepDetail
  readonly metric: SweepMetricInfo
}): ReactElement | null {
  const { address, sweep, metric } = props
  const theme = useTheme()
  const [view, store] = useAddress(sweepViewCodec)
  const hold = usePointerHold()
  const now = {
    runs: useSweepRuns(address, sweep).runs,
    first: useSweepImportance(address, sweep).first,
    bestId: sweep.best?.runId,
  }
  const { runs, first, bestId } = useHeld(now, hold.isHeld)
  const [chosen, choose] = useChosenRuns()
  const [lastBrushes, setBrushes] = useState<ReadonlyMap<number, Brush>>(noBrushes)
  const brushes = chosen === undefined ? noBrushes : lastBrushes
  const searched = useMemo(() => sweep.parameters.filter(({ kind }) => kind !== 'constant'), [sweep.parameters])
  const index = indexOf(searched, view.parameter ?? first)
  const scatter = useMemo(() => toSweepScatter(runs ?? [], searched, index), [runs, searched, index])
  const { points, missingCount, x, xNames } = scatter
  const values = useMemo(() => points.map(({ run, y }) => ({ value: y, mark: markOf(run.state) })), [points])
  const axis = useSweepAxis(values, metric)
  const parameter = searched[index]
  if (parameter === undefined || runs === undefined || runs.length === 0) return null
  const names = { x: parameter.name, y: metric.name, z: '' }
  const config = { ...plain, x, y: { ...plain.z, key: metric.key, ...endsOf(axis.range) } }
  const colorOf = ({ run, z = 1 }: ScatterPoint): string =>
    view.coloring === 'state'
      ? stateColors[markOf(run.state)]
      : sequentialMarkColor(runs.length > 1 ? (z - 1) / (runs.length - 1) : 0.5, theme)
  const brush = (axis: number, part: Brush | undefined): void => {
    const next = new Map(brushes)
    if (part === undefined) next.delete(axis)
    else next.set(axis, part)
    setBrushes(next)
    const within = chosenPoints(points, config, next)
    choose(next.size === 0 ? undefined : within.map(({ run }) => run.runId))
  }
  const marks = [...new Set(points.map(({ run }) => markOf(run.state)))]
  return (
    <ChartSection
      hold={hold}
      table={points.length > 0 ? sweepScatterTable(scatter, names) : undefined}
      title={`${metric.name} by parameter`}
    >
      <div className="flex flex-col">
        <Choices
          coloring={view.coloring}
          onColoring={(coloring) => store.update({ coloring })}
          onParameter={(name) => {
            setBrushes(noBrushes)
            store.update({ parameter: name })
          }}
          parameter={parameter.name}
          parameters={searched.map(({ name }) => name)}
        />
        {points.length === 0 ? (
          <PanelMessage>
            No run has both {parameter.name} and {metric.name} yet.
          </PanelMessage>
        ) : (
          <div className="h-[270px]">
            <ScatterPlot
              address={address}
              baselineId={undefined}
              config={config}
              mark={(point, left, top) => (
                <g opacity={chosen === undefined || chosen.has(point.run.runId) ? 1 : 0.25}>
                  <RunMark
                    beyond={beyondOf(point.y, axis.range)}
                    color={colorOf(point)}
                    mark={markOf(point.run.state)}
                    x={left}
                    y={top}
                  />
                  {point.run.runId === bestId && <BestRing x={left} y={top} />}
                </g>
              )}
              names={names}
              onSelect={(runIds) => {
                setBrushes(noBrushes)
                choose(runIds)
              }}
              points={points}
              xNames={xNames}
            />
          </div>
        )}
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 pb-2 text-muted text-sm">
          <MarkLegend
            colorOf={view.coloring === 'state' ? (mark) => stateColors[mark] : undefined}
            hasBest={bestId !== undefined}
            marks={marks}
          />
          {view.coloring === 'order' && <ColorScale high={String(runs.length)} low="1" name="Run" />}
          <BeyondAxis axis={axis} />
          {missingCount > 0 && points.length > 0 && <span>{formatCount(missingCount, 'run')} without both values</span>}
          <BrushFields axes={[parameter.name, metric.name]} brushes={brushes} onBrush={brush} />
        </div>
      </div>
    </ChartSection>
  )
}

function Choices(props: {
  readonly parameters: readonly string[]
  readonly parameter: string
  readonly coloring: SweepColoring
  readonly onParameter: (name: string) => void
  readonly onColoring: (coloring: SweepColoring) => void
}): ReactElement {
  const { parameters, parameter, coloring, onParameter, onColoring } = props
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1 px-3 pb-1 text-sm">
      <label className="inline-flex min-w-0 items-center gap-1.5">
        <span className="text-muted">Parameter</span>
        <select
          className="control h-7 min-w-0 py-0"
          onChange={({ target }) => onParameter(target.value)}
          value={parameter}
        >
          {parameters.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label className="inline-flex items-center gap-1.5">
        <span className="text-muted">Colour</span>
        <select
          className="control h-7 py-0"
          onChange={({ target }) => onColoring(target.value as SweepColoring)}
          value={coloring}
        >
          <option value="state">State</option>
          <option value="order">Order of runs</option>
        </select>
      </label>
    </p>
  )
}

function indexOf(parameters: SweepDetail['parameters'], name: string | undefined): number {
  return Math.max(
    0,
    parameters.findIndex((parameter) => parameter.name === name),
  )
}

/** With the air that an axis has which fits its points by itself. */
function endsOf(range: Range | undefined): { readonly min: number; readonly max: number } | undefined {
  if (range === undefined) return undefined
  const air = (range[1] - range[0]) * 0.05
  return { min: range[0] - air, max: range[1] + air }
}

const noBrushes: ReadonlyMap<number, Brush> = new Map()
const stateColors: Readonly<Record<SweepPoint['mark'], string>> = {
  ended: 'var(--good)',
  live: 'var(--live)',
  failed: 'var(--bad)',
  stopped: 'var(--waiting)',
}
const noAxis = { key: undefined, isLog: false, min: undefined, max: undefined }
const plain = { title: undefined, z: noAxis, hasRegression: false, frontier: undefined }
