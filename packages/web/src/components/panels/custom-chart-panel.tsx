import { type ReactElement, useMemo, useState } from 'react'
import { useChartRows } from '../../hooks/use-chart-rows.ts'
import { useChartTables } from '../../hooks/use-chart-tables.ts'
import { mergeCharts, toCustomChart } from '../../view/custom-chart.ts'
import { findPreset } from '../../view/custom-chart-presets.ts'
import { formatCount } from '../../view/format.ts'
import type { CustomChartConfig } from '../../view/panels/custom-chart-panel.ts'
import { CustomChartDrawing } from '../custom-chart-drawing.tsx'
import { SpecChart } from '../vega/spec-chart.tsx'
import { PanelFrame } from './panel-frame.tsx'
import type { PanelProps } from './panel-props.ts'

/** Of more runs a chart of tables shows the first. */
const runCountMax = 20

/** A custom chart over the visible runs: a preset of W&B drawn here, or a spec drawn by Vega. */
export function CustomChartPanel(props: PanelProps<CustomChartConfig>): ReactElement {
  const { config, panel, context, menu } = props
  const runs = useMemo(() => context.runs.slice(0, runCountMax), [context.runs])
  const note = runs.length < context.runs.length ? `${runs.length} of ${context.runs.length} runs` : undefined
  const isPreset = config.specText === undefined && findPreset(config.definitionId ?? '') !== undefined
  const Panel = isPreset ? PresetPanel : SpecPanel
  return <Panel config={config} context={context} menu={menu} note={note} panel={panel} runs={runs} />
}

type DrawnProps = PanelProps<CustomChartConfig> & {
  readonly runs: PanelProps['context']['runs']
  readonly note: string | undefined
}

function SpecPanel({ config, panel, context, menu, runs, note }: DrawnProps): ReactElement {
  const data = useChartRows(context.address, runs, config.query)
  const summary = `${panel.title} of ${formatCount(runs.length, 'run')}, ${formatCount(data.rows.length, 'row')}.`
  return (
    <PanelFrame menu={menu} note={note} summary={summary} title={panel.title}>
      <div className="h-full px-3 pb-3">
        <SpecChart config={config} data={data} title={panel.title} />
      </div>
    </PanelFrame>
  )
}

function PresetPanel({ config, panel, context, menu, runs, note }: DrawnProps): ReactElement {
  const { tables, isPending, error, retry } = useChartTables(context.address, runs, config.query.table)
  const [chosenId, setChosenId] = useState<string>()
  const { definitionId: preset = '', fields, texts } = config
  const charts = useMemo(
    () =>
      tables.map(({ run, table }) => ({
        run,
        chart: toCustomChart({ preset, fields, texts }, table),
      })),
    [tables, preset, fields, texts],
  )
  const merged = useMemo(() => mergeCharts(charts), [charts])
  const chosen = charts.find(({ run }) => run.runId === chosenId) ?? charts[0]
  const chart = merged ?? chosen?.chart
  return (
    <PanelFrame
      menu={menu}
      note={
        merged === undefined && charts.length > 1 ? (
          <select
            aria-label={`Run of ${panel.title}`}
            className="control h-6 max-w-36 py-0 text-sm"
            onChange={({ target }) => setChosenId(target.value)}
            value={chosen?.run.runId}
          >
            {charts.map(({ run }) => (
              <option key={run.runId} value={run.runId}>
                {run.displayName}
              </option>
            ))}
          </select>
        ) : (
          note
        )
      }
      summary={`${panel.title} of ${charts.length === 1 ? 'one run' : `${charts.length} runs`}.`}
      title={panel.title}
    >
      <div className="flex h-full flex-col px-3 pb-3">
        {chart ? (
          <CustomChartDrawing chart={chart} label={panel.title} preset={preset} />
        ) : error ? (
          <p role="alert">
            {error.message}{' '}
            <button className="link-text" onClick={retry} type="button">
              Retry
            </button>
          </p>
        ) : isPending ? (
          <div aria-label={`Loading ${panel.title}`} className="skeleton h-full" role="img" />
        ) : (
          <p className="text-muted">None of the visible runs has logged this chart.</p>
        )}
      </div>
    </PanelFrame>
  )
}
